package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.Field.Role;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.FieldType.Derived;
import dev.tenon.metadata.model.Label;
import dev.tenon.metadata.model.Setting;
import dev.tenon.metadata.model.ValidationRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fields of several values: what is declared as one becomes, in the model, a field for each value, so that filters, columns,
 * expressions and history know nothing of it.
 */
final class CompoundFields {

    static final String CURRENCY = "currency";
    static final String ADDRESS = "address";
    static final String GEOLOCATION = "geolocation";

    private static final int NAME_LENGTH = 100;
    private static final int STREET_LENGTH = 500;
    private static final int POSTAL_CODE_LENGTH = 20;
    private static final int LINE_LENGTH = 1000;
    private static final int COORDINATE_DIGITS = 9;
    private static final int COORDINATE_SCALE = 6;
    private static final int WIDEST = 38;

    private static final Map<String, List<Role>> ROLES = Map.of(
            CURRENCY, List.of(Role.CURRENCY, Role.CONVERTED),
            ADDRESS, List.of(Role.COUNTRY, Role.STATE, Role.CITY, Role.DISTRICT, Role.STREET, Role.POSTAL_CODE),
            GEOLOCATION, List.of(Role.LATITUDE, Role.LONGITUDE));

    /** What an address or a place cannot do without, where one is required. */
    private static final Set<Role> NEEDED = Set.of(Role.COUNTRY, Role.CITY, Role.STREET, Role.LATITUDE, Role.LONGITUDE);

    private static final Map<Role, Label> LABELS = Map.of(
            Role.CURRENCY, label("currency", "币种"),
            Role.CONVERTED, label("converted", "折算"),
            Role.COUNTRY, label("country", "国家或地区"),
            Role.STATE, label("state or province", "省/州"),
            Role.CITY, label("city", "市"),
            Role.DISTRICT, label("district", "区县"),
            Role.STREET, label("street", "街道"),
            Role.POSTAL_CODE, label("postal code", "邮编"),
            Role.LATITUDE, label("latitude", "纬度"),
            Role.LONGITUDE, label("longitude", "经度"));

    private CompoundFields() {}

    /** Names of a field's parts with the types they would be declared with. */
    static Map<String, String> parts(EffectiveElement field) {
        Map<String, String> parts = new LinkedHashMap<>();
        ROLES.getOrDefault(String.valueOf(field.value("type")), List.of())
                .forEach(role -> parts.put(field.localName() + role.suffix(), typeOf(role)));
        PolymorphicLookups.parts(field).keySet().forEach(name -> parts.put(name, "lookup"));
        return parts;
    }

    /** The type of the declared field itself. */
    static FieldType type(String type, String name, int precision, int scale) {
        return switch (type) {
            case CURRENCY -> new FieldType.DecimalNumber(precision, scale, false);
            case ADDRESS ->
                new Derived(
                        new Derived.AddressLine(
                                name + Role.COUNTRY.suffix(),
                                name + Role.STATE.suffix(),
                                name + Role.CITY.suffix(),
                                name + Role.DISTRICT.suffix(),
                                name + Role.STREET.suffix(),
                                name + Role.POSTAL_CODE.suffix()),
                        text(LINE_LENGTH));
            case GEOLOCATION ->
                new Derived(
                        new Derived.Coordinates(name + Role.LATITUDE.suffix(), name + Role.LONGITUDE.suffix()),
                        text(NAME_LENGTH));
            default -> throw new IllegalArgumentException("no compound: " + type);
        };
    }

    /** The parts of a field that is declared by the element. */
    static List<Field> partsOf(EffectiveElement element, Field whole) {
        List<Role> roles = ROLES.getOrDefault(String.valueOf(element.value("type")), List.of());
        return roles.stream()
                .filter(role -> !element.retired() || role != Role.CONVERTED)
                .map(role -> part(element, whole, role))
                .toList();
    }

    private static Field part(EffectiveElement element, Field whole, Role role) {
        boolean retired = element.retired();
        FieldType type = typeOf(element, whole, role);
        boolean derived = type instanceof Derived;
        boolean demanded = NEEDED.contains(role);
        Optional<ExpressionText> byDefault = role == Role.CURRENCY && !retired
                ? Optional.of(text("settings." + Setting.CORPORATE_CURRENCY, element))
                : Optional.empty();
        return new Field(
                whole.name() + role.suffix(),
                whole.origin(),
                PolymorphicLookups.joined(whole.label(), LABELS.getOrDefault(role, Label.of(role.suffix()))),
                type,
                demanded && element.flag("required") && !retired,
                Field.Index.NONE,
                byDefault,
                Optional.empty(),
                derived || retired || element.flag("readOnly"),
                false,
                whole.hidden(),
                retired ? Field.When.ALWAYS_THE_SAME : when(element, whole, role, derived, demanded),
                Optional.of(new Field.Part(whole.name(), role)));
    }

    private static Field.When when(
            EffectiveElement element, Field whole, Role role, boolean derived, boolean demanded) {
        Optional<ExpressionText> visible = Typed.expression(element, "visibleWhen");
        if (derived) {
            return new Field.When(visible, Optional.empty(), Optional.empty());
        }
        Optional<ExpressionText> required = demanded ? Typed.expression(element, "requiredWhen") : Optional.empty();
        Optional<String> companion = switch (role) {
            // An amount without its currency says nothing, nor does half of a place.
            case CURRENCY -> Optional.of(whole.name());
            case LATITUDE -> Optional.of(whole.name() + Role.LONGITUDE.suffix());
            case LONGITUDE -> Optional.of(whole.name() + Role.LATITUDE.suffix());
            default -> Optional.empty();
        };
        Optional<ExpressionText> needed = companion
                .map(other -> "has(" + other + ")"
                        + required.map(r -> " || (" + r.text() + "\n)").orElse(""))
                .map(condition -> text(condition, element))
                .or(() -> required);
        return new Field.When(visible, needed, Typed.expression(element, "readOnlyWhen"));
    }

    private static FieldType typeOf(EffectiveElement element, Field whole, Role role) {
        return switch (role) {
            case CURRENCY -> StandardCodes.of(StandardCodes.CURRENCIES);
            case COUNTRY -> StandardCodes.of(StandardCodes.COUNTRIES);
            case CONVERTED ->
                new Derived(
                        new Derived.Conversion(
                                whole.name(),
                                whole.name() + Role.CURRENCY.suffix(),
                                Optional.ofNullable(element.text("rateDate"))),
                        new FieldType.DecimalNumber(
                                WIDEST, whole.type() instanceof FieldType.DecimalNumber n ? n.scale() : 0, false));
            case STATE, CITY, DISTRICT -> text(NAME_LENGTH);
            case STREET -> text(STREET_LENGTH);
            case POSTAL_CODE -> text(POSTAL_CODE_LENGTH);
            case LATITUDE, LONGITUDE -> new FieldType.DecimalNumber(COORDINATE_DIGITS, COORDINATE_SCALE, false);
            case TARGET -> throw new IllegalArgumentException("a part of another kind of field: " + whole.name());
        };
    }

    private static String typeOf(Role role) {
        return switch (role) {
            case CURRENCY, COUNTRY -> "picklist";
            case CONVERTED -> "converted";
            case STATE, CITY, DISTRICT, STREET, POSTAL_CODE -> "text";
            case LATITUDE, LONGITUDE -> "decimal";
            case TARGET -> "lookup";
        };
    }

    /** What every record's coordinates must fulfil. */
    static Stream<ValidationRule> rules(EffectiveElement element) {
        if (!GEOLOCATION.equals(element.value("type")) || element.retired()) {
            return Stream.empty();
        }
        return Stream.of(
                range(
                        element,
                        Role.LATITUDE,
                        90,
                        "The latitude lies between -90 and 90 degrees.",
                        "纬度须在 -90 至 90 度之间。"),
                range(
                        element,
                        Role.LONGITUDE,
                        180,
                        "The longitude lies between -180 and 180 degrees.",
                        "经度须在 -180 至 180 度之间。"));
    }

    private static ValidationRule range(
            EffectiveElement element, Role role, int limit, String english, String chinese) {
        String name = element.localName() + role.suffix();
        return new ValidationRule(
                name,
                element.origin(),
                text(name + " >= -" + limit + ".0 && " + name + " <= " + limit + ".0", element),
                label(english, chinese),
                Optional.of(name),
                true);
    }

    private static FieldType text(int length) {
        return new FieldType.Text(length, false, FieldType.Text.Format.PLAIN);
    }

    private static ExpressionText text(String expression, EffectiveElement element) {
        return new ExpressionText(expression, element.source());
    }

    private static Label label(String english, String chinese) {
        return new Label(Map.of("en", english, "zh-CN", chinese));
    }
}
