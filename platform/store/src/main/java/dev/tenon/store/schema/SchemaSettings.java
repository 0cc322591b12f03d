package dev.tenon.store.schema;

import dev.tenon.store.StoreError;
import java.time.Duration;

/**
 * How changes of tables treat those who work meanwhile.
 *
 * @param onlineRows a table with more rows is changed in the background, while people read and write
 * @param writeWait how long a save waits for a table that is being copied, before it is refused
 */
public record SchemaSettings(int onlineRows, Duration writeWait) {

    /** A request should not hang longer than a proxy in front waits. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    public static final SchemaSettings STANDARD = new SchemaSettings(100_000, Duration.ofSeconds(5));

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
    }
}
