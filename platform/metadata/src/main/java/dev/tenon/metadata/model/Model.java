package dev.tenon.metadata.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The effective metadata of one tenant at one version. Immutable; requests pin one instance and never see a mixture.
 *
 * @param tenant key of the tenant
 * @param version counts published models of the tenant, from 1
 * @param fingerprint hash of the content; equal content, equal fingerprint
 * @param objects by global name
 * @param permissionSets by global name
 * @param approvals approval processes by global name
 * @param policies approval visibility policies by global name
 * @param settings by global name
 * @param apps navigation of the console, in order
 * @param scripts script files by {@code origin/path}
 * @param provenance where every property comes from
 */
public record Model(
        String tenant,
        long version,
        String fingerprint,
        Map<String, ObjectType> objects,
        Map<String, PermissionSet> permissionSets,
        Map<String, ApprovalProcess> approvals,
        Map<String, VisibilityPolicy> policies,
        Map<String, Setting> settings,
        List<App> apps,
        Map<String, ScriptFile> scripts,
        Provenance provenance)
        implements Declared {

    public Model {
        objects = ordered(objects);
        permissionSets = ordered(permissionSets);
        approvals = ordered(approvals);
        policies = ordered(policies);
        settings = ordered(settings);
        apps = List.copyOf(apps);
        scripts = ordered(scripts);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The same content in force for another tenant, or as another version. */
    public Model as(String otherTenant, long otherVersion) {
        return new Model(
                otherTenant,
                otherVersion,
                fingerprint,
                objects,
                permissionSets,
                approvals,
                policies,
                settings,
                apps,
                scripts,
                provenance);
    }

    @Override
    public Optional<ObjectType> findObject(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    /** The currency that amounts are converted to; absent where no layer of the platform says it. */
    public Optional<String> corporateCurrency() {
        Setting setting = settings.get(Setting.CORPORATE_CURRENCY);
        return setting != null && setting.value() instanceof String code ? Optional.of(code) : Optional.empty();
    }

    /** An object that the caller knows to exist in this very model. */
    public ObjectType requireObject(String name) {
        ObjectType found = objects.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no object " + name + " in model " + version + " of " + tenant);
        }
        return found;
    }
}
