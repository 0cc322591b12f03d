package dev.tenon.web.admin;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.metadata.model.Setting;
import dev.tenon.records.port.ModelSource;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.ObjectDescription;
import dev.tenon.tenancy.ObjectDescription.Property;
import dev.tenon.web.security.RequestCaller;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The settings of all packages, for who customizes. They are changed as any metadata is. */
@RestController
class SettingController {

    private static final String VALUE = "value";

    private static final String RATES = "sys__ExchangeRate";

    /** What of a setting says how its value is filled. */
    private static final List<String> TYPE = List.of("type", "maxLength", "precision", "scale");

    private final RequestCaller caller;
    private final Customizing customizing;
    private final ModelSource models;

    SettingController(RequestCaller caller, Customizing customizing, ModelSource models) {
        this.caller = caller;
        this.customizing = customizing;
        this.models = models;
    }

    @GetMapping("/api/admin/settings")
    List<Map<String, @Nullable Object>> settings() {
        Identity identity = caller.require(SystemPermission.CUSTOMIZE);
        Model model = models.current(identity.tenant()).model();
        return customizing.settings(identity).stream()
                .map(setting -> describe(setting, model, caller.locale()))
                .toList();
    }

    private static Map<String, @Nullable Object> describe(
            ObjectDescription.Element setting, Model model, Locale locale) {
        Map<String, Property> properties = new LinkedHashMap<>();
        setting.properties().forEach(property -> properties.put(property.name(), property));
        String name = setting.key().substring(setting.key().indexOf(':') + 1);
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("key", setting.key());
        entry.put("name", name);
        entry.put("origin", setting.origin());
        entry.put("label", text(properties, "label", locale));
        entry.put("help", text(properties, "help", locale));
        TYPE.forEach(property -> entry.put(property, value(properties.get(property))));
        Property set = properties.get(VALUE);
        entry.put(VALUE, value(set));
        entry.put("layer", set == null ? null : set.layer());
        entry.put("changeable", set == null || set.changeable());
        entry.put(
                "chain",
                set == null
                        ? List.of()
                        : set.chain().stream()
                                .map(MetadataController::contribution)
                                .toList());
        entry.put("choices", choices(name, model, locale));
        return entry;
    }

    private static @Nullable Object value(@Nullable Property property) {
        return property == null ? null : property.value();
    }

    private static @Nullable Object text(Map<String, Property> properties, String name, Locale locale) {
        Property own = properties.get(name + "@" + locale.toLanguageTag());
        return value(own == null ? properties.get(name) : own);
    }

    /** The values that the platform's own settings may have; null where any of the type may be. */
    private static @Nullable List<Map<String, String>> choices(String setting, Model model, Locale locale) {
        return switch (setting) {
            case Setting.TIME_ZONE ->
                ZoneId.getAvailableZoneIds().stream()
                        .sorted()
                        .map(zone -> choice(zone, zone))
                        .toList();
            case Setting.CORPORATE_CURRENCY ->
                model
                        .findObject(RATES)
                        .flatMap(rates -> rates.findField("currency"))
                        .map(field -> field.type() instanceof FieldType.Picklist list
                                ? list.values()
                                : List.<FieldType.Picklist.Value>of())
                        .orElse(List.of())
                        .stream()
                        .filter(FieldType.Picklist.Value::active)
                        .map(value -> choice(value.key(), value.label().in(locale)))
                        .sorted(Comparator.comparing(choice -> choice.get(VALUE)))
                        .toList();
            default -> null;
        };
    }

    private static Map<String, String> choice(String value, String label) {
        Map<String, String> choice = new LinkedHashMap<>();
        choice.put(VALUE, value);
        choice.put("label", label);
        return choice;
    }
}
