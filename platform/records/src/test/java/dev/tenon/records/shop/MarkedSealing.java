package dev.tenon.records.shop;

import dev.tenon.records.RecordsError;
import dev.tenon.records.port.Sealing;
import dev.tenon.records.port.TenantSealing;
import java.util.concurrent.atomic.AtomicLong;

/** Marks what would be sealed, with its place and a number, and turns the text round, so that nobody finds it. */
public final class MarkedSealing implements TenantSealing {

    private static final String MARK = "marked|";

    private final AtomicLong number = new AtomicLong();

    @Override
    public Sealing of(String tenant) {
        return new Sealing() {
            @Override
            public String seal(String place, String secret) {
                return MARK + tenant + "/" + place + "|" + number.incrementAndGet() + "|"
                        + new StringBuilder(secret).reverse();
            }

            @Override
            public String open(String place, String sealed) {
                if (!sealed.startsWith(MARK + tenant + "/" + place + "|")) {
                    throw RecordsError.TYPE_MISMATCH.error().build();
                }
                return new StringBuilder(sealed.substring(sealed.lastIndexOf('|') + 1))
                        .reverse()
                        .toString();
            }

            @Override
            public boolean isSealed(String text) {
                return text.startsWith(MARK);
            }

            @Override
            public boolean isCurrent(String sealed) {
                return isSealed(sealed);
            }
        };
    }
}
