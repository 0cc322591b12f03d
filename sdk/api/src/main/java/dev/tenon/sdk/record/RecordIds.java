package dev.tenon.sdk.record;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids of records: UUID version 7 (RFC 9562), increasing in time so that indexes grow at one end, not guessable. */
public final class RecordIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private RecordIds() {}

    /** A new id. */
    public static UUID next() {
        return at(System.currentTimeMillis());
    }

    /** A new id as if made at the given time, in milliseconds since 1970 UTC. */
    public static UUID at(long epochMillis) {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        long high = epochMillis << 16 | 0x7000 | (random[0] & 0x0F) << 8 | (random[1] & 0xFF);
        long low = 0;
        for (int i = 2; i < 10; i++) {
            low = low << 8 | (random[i] & 0xFF);
        }
        return new UUID(high, low & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L);
    }
}
