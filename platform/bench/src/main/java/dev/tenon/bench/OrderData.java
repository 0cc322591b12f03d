package dev.tenon.bench;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes up customers and orders: the same ones for the same seed. Used by one thread. */
final class OrderData {

    private static final long SEED = 20_260_101L;
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 1, 1);
    private static final Instant FIRST_HOUR = Instant.parse("2025-01-02T08:00:00Z");
    private static final int DAYS = 365;

    private static final List<String> REGIONS = List.of("north", "south", "east", "west");
    private static final List<String> STATES = List.of("open", "shipped", "paid", "cancelled");
    private static final List<String> CITIES = List.of("上海", "Berlin", "Lyon", "Oslo", "成都", "Porto");

    private final Random random = new Random(SEED);
    private int orders;

    Map<String, @Nullable Object> customer(int number) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("name", "Customer %04d".formatted(number));
        values.put("city", one(CITIES));
        return values;
    }

    Map<String, @Nullable Object> order(List<UUID> customers) {
        int day = random.nextInt(DAYS);
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("code", "O-%06d".formatted(orders++));
        values.put("customer", one(customers));
        values.put("region", one(REGIONS));
        values.put("status", one(STATES));
        values.put("quantity", 1L + random.nextInt(100));
        values.put("amount", cents(100, 200_000));
        values.put("discount", cents(0, 3_000));
        values.put("express", random.nextInt(5) == 0);
        values.put("orderedOn", FIRST_DAY.plusDays(day));
        values.put("deliverAt", FIRST_HOUR.plus(Duration.ofDays(day + 1L + random.nextInt(20))));
        values.put("note", random.nextBoolean() ? "Deliver at the back door, between eight and ten." : null);
        values.put("margin", cents(0, 50_000));
        return values;
    }

    private BigDecimal cents(int least, int most) {
        return BigDecimal.valueOf(least + (long) random.nextInt(most - least), 2);
    }

    private <T> T one(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
