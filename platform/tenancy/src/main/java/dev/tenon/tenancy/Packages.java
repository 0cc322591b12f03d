package dev.tenon.tenancy;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Label;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The repository of packages, and which of them a tenant has. Everything here needs the right to manage packages, the
 * plugin calls the right to manage plugins; an identity of kind SYSTEM has both. Safe for use by several threads.
 */
public interface Packages {

    /** The tenant's layers, lowest first; its own one last. */
    List<Installed> installed(Identity identity);

    /** Every package in the repository, by name, newest version first. */
    List<Available> available(Identity identity);

    /**
     * Adds a package to the repository, for all tenants. The files are checked against the package format first.
     *
     * @param files path to content
     * @throws dev.tenon.sdk.error.PlatformException {@code tenancy.model-refused} with every fault of the files,
     *     {@code tenancy.package-version-taken}
     */
    PackageId add(Identity identity, Map<String, byte[]> files);

    /** As {@link #add}, from a zip archive whose root, or single top folder, holds {@code package.yaml}. */
    PackageId upload(Identity identity, byte[] zip);

    /** What {@link #apply} would do. */
    UpgradePreview preview(Identity identity, PackageId target);

    /**
     * Installs the package, or upgrades to it. The tenant's own changes stay in force; where both changed, a conflict is
     * noted. A first installation inserts the package's initial data.
     */
    Applied apply(Identity identity, PackageId target);

    /**
     * Puts the version before the last upgrade back in force. Data of fields that only the newer version knows stays in
     * the tables.
     */
    Publication rollback(Identity identity, String packageName);

    /** Conflicts that nobody has decided, oldest first. */
    List<Conflict> conflicts(Identity identity);

    /** Keeps the tenant's value, or takes the product's. */
    Publication decide(Identity identity, UUID conflict, Decision decision);

    /**
     * Adds what the plugin brings to the tenant's model. A plugin without metadata needs no call, but may have one.
     *
     * @param packageFiles the plugin's package folder, path to content; empty when it brings none
     */
    Publication enablePlugin(Identity identity, String pluginId, Map<String, byte[]> packageFiles);

    /**
     * Takes what the plugin brings out of the tenant's model. Data stays, and is back when it is enabled again.
     *
     * @throws dev.tenon.sdk.error.PlatformException {@code tenancy.plugin-in-use} when another layer refers to it
     */
    Publication disablePlugin(Identity identity, String pluginId);

    /** Ids of plugins that are enabled for the tenant. */
    List<String> enabledPlugins(String tenant);

    /** Keys of the tenants for which the plugin is enabled. */
    List<String> tenantsWith(String pluginId);

    /** @param kind see {@link Layering.Kind} */
    record Installed(
            String name,
            String namespace,
            String version,
            Label title,
            Label summary,
            Layering.Kind kind,
            String plugin,
            boolean enabled) {}

    /** @param installedVersion of the same package, in the asking identity's tenant */
    record Available(PackageId id, String namespace, Label title, Label summary, Optional<String> installedVersion) {}

    /** @param preview what was found out just before */
    record Applied(Publication publication, UpgradePreview preview) {}

    /** How a conflict ends. */
    enum Decision {
        MINE,
        THEIRS
    }

    /** @param base the product's old value, theirs its new one, mine the tenant's; null where not set */
    record Conflict(
            UUID id,
            PackageId upgradedTo,
            String fromVersion,
            String element,
            String property,
            @Nullable Object base,
            @Nullable Object theirs,
            @Nullable Object mine,
            Instant since) {}
}
