package dev.tenon.metadata.internal;

import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.FieldType.Picklist.Value;
import dev.tenon.metadata.model.Label;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Picklists whose values come from a standard, as the Java runtime knows it. Each exists once, whoever uses it. */
final class StandardCodes {

    /** What the property {@code codes} may say. */
    static final String CURRENCIES = "currencies";

    static final String COUNTRIES = "countries";

    private static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;

    private StandardCodes() {}

    /** The values of a list. */
    static FieldType.Picklist of(String codes) {
        return switch (codes) {
            case CURRENCIES -> Currencies.ALL;
            case COUNTRIES -> Countries.ALL;
            default -> throw new IllegalArgumentException("no list of codes " + codes);
        };
    }

    /** Whether the code is one of a currency in use. */
    static boolean isCurrency(String code) {
        return Currencies.ALL.values().stream()
                .anyMatch(v -> v.active() && v.key().equals(code));
    }

    /** ISO 4217. One that no country uses any more is known, as records and expressions may name it, but not to be taken. */
    private static final class Currencies {
        static final FieldType.Picklist ALL = all();

        private static FieldType.Picklist all() {
            Set<Currency> used = new HashSet<>();
            for (String country : Locale.getISOCountries()) {
                Optional.ofNullable(Currency.getInstance(Locale.of("", country)))
                        .ifPresent(used::add);
            }
            return list(
                    Currency.getAvailableCurrencies().stream(),
                    Currency::getCurrencyCode,
                    Currency::getDisplayName,
                    used::contains);
        }
    }

    /** ISO 3166-1, two letters. */
    private static final class Countries {
        static final FieldType.Picklist ALL = list(
                Stream.of(Locale.getISOCountries()),
                Function.identity(),
                (code, language) -> Locale.of("", code).getDisplayCountry(language),
                code -> true);
    }

    private static <T> FieldType.Picklist list(
            Stream<T> all,
            Function<T, String> code,
            java.util.function.BiFunction<T, Locale, String> name,
            java.util.function.Predicate<T> used) {
        List<Value> values = all.map(one -> new Value(
                        code.apply(one),
                        PackageInfo.SYSTEM_NAME,
                        new Label(Map.of(
                                "en", label(code.apply(one), name.apply(one, Locale.ENGLISH)),
                                "zh-CN", label(code.apply(one), name.apply(one, CHINESE)))),
                        Optional.empty(),
                        used.test(one)))
                .sorted(Comparator.comparing(Value::key))
                .toList();
        return new FieldType.Picklist(values);
    }

    /** Code first, so that a long list is found by its keys, too. */
    private static String label(String code, String name) {
        return code + " " + name;
    }
}
