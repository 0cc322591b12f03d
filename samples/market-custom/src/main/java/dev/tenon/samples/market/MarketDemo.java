package dev.tenon.samples.market;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills the fields that the chain has added to the standard product. */
public final class MarketDemo {

    private static final List<String> FORMATS = List.of("hypermarket", "fresh", "convenience");
    private static final List<String> GRADES = List.of("g1", "g1", "g1", "g2", "g2", "g3");

    private final List<UUID> storeManagers;

    /** @param storeManagers ids of the users who manage stores */
    public MarketDemo(List<UUID> storeManagers) {
        this.storeManagers = List.copyOf(storeManagers);
    }

    /** Adds the chain's fields to the values of a new record. */
    public void addTo(String object, Map<String, @Nullable Object> values, Random random) {
        switch (object) {
            case "recruiting__Candidate" -> {
                boolean retail = random.nextInt(3) > 0;
                values.put("c__storeExperience", retail ? (long) random.nextInt(15) : 0L);
                values.put("c__preferredFormat", retail ? pick(FORMATS, random) : null);
                values.put("c__healthCertificate", retail && random.nextBoolean());
            }
            case "recruiting__Offer" -> {
                // Offers for stores get their salary from the chain's script; those for the head office do not.
                if (random.nextInt(3) > 0) {
                    values.put("c__storeFormat", pick(FORMATS, random));
                    values.put("c__storeGrade", pick(GRADES, random));
                    values.put("c__storeManager", pick(storeManagers, random));
                }
            }
            default -> {
                // Positions, applications and interviews are as in the standard product.
            }
        }
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
