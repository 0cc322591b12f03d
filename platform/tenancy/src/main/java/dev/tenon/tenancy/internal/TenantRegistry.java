package dev.tenon.tenancy.internal;

import dev.tenon.access.Identity;
import dev.tenon.metadata.Checked;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.StorableText;
import dev.tenon.tenancy.Layering;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.TenancyError;
import dev.tenon.tenancy.Tenant;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.port.SchemaEvolution;
import dev.tenon.tenancy.port.TenancyStore;
import dev.tenon.tenancy.port.TenancyStore.TenantRow;
import dev.tenon.tenancy.port.TenantRemains;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Creates and removes tenants. */
public final class TenantRegistry implements Tenants {

    private static final Logger LOG = System.getLogger(TenantRegistry.class.getName());

    /** Part of schema names, URLs and tokens. */
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private static final int MOST_NAME_CHARS = 200;

    private final Publisher publisher;
    private final TenancyStore store;
    private final SchemaEvolution schema;
    private final InstalledPackages packages;
    private final Gate gate;
    private final Consumer<String> forget;
    private final List<TenantRemains> remains;
    private final InstantSource time;

    TenantRegistry(
            Publisher publisher,
            TenancyStore store,
            SchemaEvolution schema,
            InstalledPackages packages,
            Gate gate,
            Consumer<String> forget,
            List<TenantRemains> remains,
            InstantSource time) {
        this.publisher = publisher;
        this.store = store;
        this.schema = schema;
        this.packages = packages;
        this.gate = gate;
        this.forget = forget;
        this.remains = List.copyOf(remains);
        this.time = time;
    }

    @Override
    public List<Tenant> list() {
        return store.tenants().stream()
                .filter(TenantRow::active)
                .map(t -> new Tenant(t.key(), t.name()))
                .toList();
    }

    @Override
    public Optional<Tenant> find(String key) {
        return store.tenant(key).filter(TenantRow::active).map(t -> new Tenant(t.key(), t.name()));
    }

    @Override
    public Tenant require(String key) {
        return find(key)
                .orElseThrow(() ->
                        TenancyError.UNKNOWN_TENANT.error().with("tenant", key).build());
    }

    @Override
    public Tenant create(Identity identity, String key, String name, List<PackageId> wanted) {
        gate.requirePlatform(identity);
        if (!KEY.matcher(key).matches()) {
            throw TenancyError.TENANT_KEY_INVALID.error().with("tenant", key).build();
        }
        StorableText.require("name", name);
        if (name.isBlank() || name.length() > MOST_NAME_CHARS) {
            throw TenancyError.TENANT_NAME_INVALID
                    .error()
                    .with("limit", MOST_NAME_CHARS)
                    .build();
        }
        Identity inside = new Identity(
                new dev.tenon.sdk.ActingUser(
                        key,
                        identity.user().id(),
                        identity.user().name(),
                        identity.user().locale(),
                        identity.user().zone()),
                Identity.Kind.SYSTEM,
                identity.permissionSets());
        return publisher.exclusively(key, () -> {
            if (!store.addTenant(key, name, time.instant())) {
                throw TenancyError.TENANT_EXISTS.error().with("tenant", key).build();
            }
            try {
                fill(inside, wanted);
                store.activateTenant(key);
            } catch (RuntimeException fault) {
                try {
                    undo(key);
                } catch (RuntimeException second) {
                    // Half a tenant stays invisible; the next start removes it.
                    fault.addSuppressed(second);
                }
                throw fault;
            }
            LOG.log(Level.INFO, () -> "tenant " + key + " exists");
            return new Tenant(key, name);
        });
    }

    private void fill(Identity identity, List<PackageId> wanted) {
        schema.createTenant(identity.tenant());
        published(publisher.changeAlone(
                identity,
                current -> new Checked.Good<>(Draft.of(
                        Layering.EMPTY,
                        ModelVersion.Kind.CREATED,
                        "",
                        List.of("create tenant " + identity.tenant())))));
        for (PackageId id : wanted) {
            published(packages.applyAlone(identity, id).publication());
        }
    }

    private static void published(Publication publication) {
        if (publication instanceof Publication.Refused(List<Problem> problems)) {
            throw new Publication.Refused(problems).exception();
        }
    }

    @Override
    public void remove(Identity identity, String key) {
        gate.requirePlatform(identity);
        require(key);
        publisher.exclusively(key, () -> {
            // From here on it is there for nobody; should this process die now, the next start goes on.
            store.deactivateTenant(key);
            undo(key);
            return true;
        });
        LOG.log(Level.INFO, () -> "tenant " + key + " is removed");
    }

    /** Removes a tenant that a crash left half made or half removed, unless some node is just at it. */
    void removeUnfinished(String key) {
        publisher.exclusivelyIfFree(key, () -> {
            if (store.tenant(key).filter(t -> !t.active()).isPresent()) {
                LOG.log(Level.WARNING, () -> "tenant " + key + " was left half made or half removed; it is removed");
                undo(key);
            }
            return true;
        });
    }

    private void undo(String key) {
        forget.accept(key);
        remains.forEach(part -> part.remove(key));
        schema.dropTenant(key);
        store.removeTenant(key);
    }
}
