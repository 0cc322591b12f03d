package dev.tenon.metadata.model;

import org.jspecify.annotations.Nullable;

/**
 * A value that a package leaves to its customers, for example a limit.
 *
 * @param value effective value, in the Java type of a field of the same type
 */
public record Setting(
        String name,
        String origin,
        Label label,
        FieldType type,
        @Nullable Object value) {

    /** The platform's setting with the currency that amounts are converted to, an ISO 4217 code. */
    public static final String CORPORATE_CURRENCY = "sys__corporateCurrency";

    /** The zone in which the tenant's days begin, by its name in the IANA database. */
    public static final String TIME_ZONE = "sys__timeZone";
}
