package dev.tenon.bench.handwritten;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as salespeople see it, without the margin. Names as in the platform's data API. */
record Order(
        UUID id,
        long version,
        String code,
        @JsonProperty("customer_id") UUID customer,
        String region,
        @Nullable String status,
        @Nullable Long quantity,
        BigDecimal amount,
        @Nullable BigDecimal discount,
        @Nullable Boolean express,
        @Nullable LocalDate orderedOn,
        @Nullable Instant deliverAt,
        @Nullable String note,
        @JsonProperty("owner_id") UUID owner,
        Instant createdAt,
        @JsonProperty("createdBy_id") UUID createdBy,
        Instant updatedAt,
        @JsonProperty("updatedBy_id") UUID updatedBy,

        @JsonProperty("customer") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Customer expanded) {

    /** The customer with what a list shows of it. */
    record Customer(UUID id, long version, String name) {}

    /** What is sent to create one. */
    record New(
            String code,
            @JsonProperty("customer_id") UUID customer,
            String region,
            @Nullable String status,
            @Nullable Long quantity,
            BigDecimal amount,
            @Nullable BigDecimal discount,
            @Nullable Boolean express,
            @Nullable LocalDate orderedOn,
            @Nullable Instant deliverAt,
            @Nullable String note) {}

    /** What may be changed; absent members stay. */
    record Change(@Nullable BigDecimal amount, @Nullable String note) {}
}
