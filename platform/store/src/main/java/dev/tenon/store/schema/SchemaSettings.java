package dev.tenon.store.schema;

import dev.tenon.store.StoreError;
import java.time.Duration;

/**
 * How changes of tables treat those who work meanwhile.
 *
 * @param onlineRows a table with more rows is changed in the background, while people read and write
 * @param writeWait how long a save waits for a table that is being copied, before it is refused
 * @param keepDays how long data is kept that left the model
 */
public record SchemaSettings(int onlineRows, Duration writeWait, int keepDays) {

    /** Ten years, as the recycle bin. */
    private static final int MOST_DAYS = 3_650;

    private static final int USUAL_DAYS = 30;

    /** A request should not hang longer than a proxy in front waits. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    public static final SchemaSettings STANDARD = new SchemaSettings(20_000, Duration.ofSeconds(5));

    public SchemaSettings(int onlineRows, Duration writeWait) {
        this(onlineRows, writeWait, USUAL_DAYS);
    }

    public SchemaSettings {
        if (onlineRows < 0) {
            throw StoreError.SCHEMA_SETTING_INVALID
                    .error()
                    .with("name", "online-rows")
                    .with("value", onlineRows)
                    .with("allowed", "0 …")
                    .build();
        }
        if (writeWait.isNegative() || writeWait.compareTo(LONGEST_WAIT) > 0) {
            throw StoreError.SCHEMA_SETTING_INVALID
                    .error()
                    .with("name", "write-wait")
                    .with("value", writeWait)
                    .with("allowed", "0s … 60s")
                    .build();
        }
        if (keepDays < 0 || keepDays > MOST_DAYS) {
            throw StoreError.SCHEMA_SETTING_INVALID
                    .error()
                    .with("name", "keep-days")
                    .with("value", keepDays)
                    .with("allowed", "0 … " + MOST_DAYS)
                    .build();
        }
    }

    Duration keep() {
        return Duration.ofDays(keepDays);
    }
}
