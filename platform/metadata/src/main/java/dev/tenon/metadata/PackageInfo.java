package dev.tenon.metadata;

import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Label;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What {@code package.yaml} says.
 *
 * @param name unique; {@code custom} is a tenant's own layer
 * @param namespace prefix of everything that the package defines
 * @param version SemVer
 * @param requires packages that must be there, with the accepted range of versions
 * @param title name shown to people
 * @param summary what it is for
 * @param retired elements that only an earlier version had; kept, hidden, because tenants' data or changes depend on them
 */
public record PackageInfo(
        String name,
        String namespace,
        String version,
        Map<String, String> requires,
        Label title,
        Optional<Label> summary,
        SortedSet<ElementKey> retired) {

    public static final String CUSTOM_NAME = "custom";
    public static final String CUSTOM_NAMESPACE = "c";
    public static final String SYSTEM_NAME = "system";
    public static final String SYSTEM_NAMESPACE = "sys";

    public PackageInfo {
        requires = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(requires));
        retired = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(retired));
    }

    /** A tenant's own layer before anything was changed. */
    public static PackageInfo custom() {
        return new PackageInfo(
                CUSTOM_NAME,
                CUSTOM_NAMESPACE,
                "1.0.0",
                Map.of(),
                new Label(Map.of("en", "Customizing", "zh-CN", "定制")),
                Optional.empty(),
                new TreeSet<>());
    }

    public boolean isCustom() {
        return name.equals(CUSTOM_NAME);
    }

    public boolean isSystem() {
        return name.equals(SYSTEM_NAME);
    }
}
