package dev.tenon.tenancy.internal;

import dev.tenon.access.Identity;
import dev.tenon.metadata.Checked;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.PackageReader;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Label;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.error.Suggestions;
import dev.tenon.tenancy.Layering;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Packages;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.TenancyError;
import dev.tenon.tenancy.UpgradePreview;
import dev.tenon.tenancy.port.TenancyStore;
import dev.tenon.tenancy.port.TenancyStore.ConflictRow;
import dev.tenon.tenancy.port.TenancyStore.ConflictState;
import dev.tenon.tenancy.port.TenancyStore.PackageRow;
import java.io.ByteArrayInputStream;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The repository, and what each tenant has of it. */
public final class InstalledPackages implements Packages {

    private final Publisher publisher;
    private final TenancyStore store;
    private final LayerShelf shelf;
    private final PackageUpgrade upgrades;
    private final PluginLayers plugins;
    private final RequirementCircle circles;
    private final Seeds seeds;
    private final Gate gate;
    private final InstantSource time;

    InstalledPackages(
            Publisher publisher,
            TenancyStore store,
            LayerShelf shelf,
            PackageUpgrade upgrades,
            Seeds seeds,
            Gate gate,
            InstantSource time) {
        this.publisher = publisher;
        this.store = store;
        this.shelf = shelf;
        this.upgrades = upgrades;
        this.plugins = new PluginLayers(publisher, upgrades, store, seeds, time);
        this.circles = new RequirementCircle(store, shelf);
        this.seeds = seeds;
        this.gate = gate;
        this.time = time;
    }

    @Override
    public List<Installed> installed(Identity identity) {
        gate.require(identity, SystemPermission.MANAGE_PACKAGES, SystemPermission.CUSTOMIZE);
        return publisher.current(identity.tenant()).layering().layers().stream()
                .filter(e -> !e.content().isEmpty())
                .map(e -> {
                    PackageInfo info = shelf.layer(e.content()).info();
                    return new Installed(
                            e.name(),
                            e.namespace(),
                            e.version(),
                            info.title(),
                            info.summary().orElseGet(() -> Label.of("")),
                            e.kind(),
                            e.plugin(),
                            e.enabled());
                })
                .toList();
    }

    @Override
    public List<Available> available(Identity identity) {
        gate.require(identity, SystemPermission.MANAGE_PACKAGES);
        Layering layering = publisher.current(identity.tenant()).layering();
        return store.packages().stream()
                .sorted(Comparator.comparing(PackageRow::name)
                        .thenComparing(p -> PackageUpgrade.semver(p.version()), Comparator.reverseOrder()))
                .map(p -> new Available(
                        new PackageId(p.name(), p.version()),
                        p.namespace(),
                        new Label(p.title()),
                        p.summary().isEmpty() ? Label.of("") : new Label(p.summary()),
                        layering.find(p.name()).map(Layering.Entry::version)))
                .toList();
    }

    @Override
    public PackageId add(Identity identity, Map<String, byte[]> files) {
        gate.require(identity, SystemPermission.MANAGE_PACKAGES);
        return switch (PackageReader.readFiles(files)) {
            case Checked.Bad<Layer> bad ->
                throw new Publication.Refused(ModelCheck.problems(bad.problems())).exception();
            case Checked.Good<Layer> good -> add(good.value(), files);
        };
    }

    private PackageId add(Layer layer, Map<String, byte[]> files) {
        PackageInfo info = layer.info();
        if (info.isCustom() || info.isSystem()) {
            throw TenancyError.NOT_A_PRODUCT.error().with("name", info.name()).build();
        }
        FileArchive archive = FileArchive.of(files);
        store.keepContent(archive.hash(), archive.zip());
        PackageRow row = new PackageRow(
                info.name(),
                info.namespace(),
                info.version(),
                info.title().texts(),
                info.summary().map(Label::texts).orElse(Map.of()),
                archive.hash(),
                time.instant());
        Optional<String> other = store.addPackage(row);
        if (other.isPresent() && !other.get().equals(archive.hash())) {
            throw TenancyError.PACKAGE_VERSION_TAKEN
                    .error()
                    .with("name", info.name())
                    .with("version", info.version())
                    .build();
        }
        return new PackageId(info.name(), info.version());
    }

    @Override
    public PackageId upload(Identity identity, byte[] zip) {
        gate.require(identity, SystemPermission.MANAGE_PACKAGES);
        return switch (PackageReader.unzip(new ByteArrayInputStream(zip))) {
            case Checked.Bad<Map<String, byte[]>> bad ->
                throw new Publication.Refused(ModelCheck.problems(bad.problems())).exception();
            case Checked.Good<Map<String, byte[]>> good -> add(identity, good.value());
        };
    }

    @Override
    public UpgradePreview preview(Identity identity, PackageId target) {
        gate.require(identity, SystemPermission.MANAGE_PACKAGES);
        Publisher.Current current = publisher.current(identity.tenant());
        return preview(identity.tenant(), current, plan(current, target), target);
    }

    private UpgradePreview preview(
            String tenant, Publisher.Current current, PackageUpgrade.Plan plan, PackageId target) {
        Publisher.DryRun dryRun = publisher.dryRun(tenant, current, plan.draft());
        return new UpgradePreview(plan.report(), dryRun.schema(), circles.tell(target, dryRun.problems()));
    }

    private PackageUpgrade.Plan plan(Publisher.Current current, PackageId target) {
        PackageRow row = requirePackage(target);
        Optional<Layering.Entry> former = current.layering().find(target.name());
        if (former.isPresent()
                && !PackageUpgrade.semver(target.version())
                        .isGreaterThan(PackageUpgrade.semver(former.get().version()))) {
            throw TenancyError.NOT_AN_UPGRADE
                    .error()
                    .with("name", target.name())
                    .with("version", target.version())
                    .with("installed", former.get().version())
                    .build();
        }
        if (former.isPresent() && former.get().kind() != Layering.Kind.PRODUCT) {
            throw TenancyError.NOT_A_PRODUCT.error().with("name", target.name()).build();
        }
        Layering.Entry wanted = new Layering.Entry(
                Layering.Kind.PRODUCT, row.name(), row.namespace(), row.version(), row.content(), "", true);
        return upgrades.plan(current.layering(), former, wanted, store.content(row.content()), time.instant());
    }

    private PackageRow requirePackage(PackageId id) {
        return store.findPackage(id.name(), id.version())
                .orElseThrow(() -> TenancyError.UNKNOWN_PACKAGE
                        .error()
                        .with("name", id.name())
                        .with("version", id.version())
                        .with(
                                "suggestion",
                                Suggestions.nearestOrSome(
                                        id.toString(),
                                        store.packages().stream()
                                                .map(p -> p.name() + " " + p.version())
                                                .toList()))
                        .build());
    }

    @Override
    public Applied apply(Identity identity, PackageId target) {
        gate.require(identity, SystemPermission.MANAGE_PACKAGES);
        return publisher.exclusively(identity.tenant(), () -> applyAlone(identity, target));
    }

    /** To be called where the tenant is the caller's alone. */
    Applied applyAlone(Identity identity, PackageId target) {
        String tenant = identity.tenant();
        Publisher.Current before = publisher.current(tenant);
        PackageUpgrade.Plan plan = plan(before, target);
        UpgradePreview preview = preview(tenant, before, plan, target);
        if (preview.blocked()) {
            return new Applied(new Publication.Refused(preview.problems()), preview);
        }
        boolean first = store.formerLayers(tenant, target.name()).isEmpty()
                && seeds.has(shelf.layer(requirePackage(target).content()));
        Draft draft = first ? plan.draft().seeding(List.of(target.name())) : plan.draft();
        Publication done = publisher.changeAlone(identity, current -> new Checked.Good<>(draft));
        if (first && done instanceof Publication.Published) {
            seeds.insertOrUndo(identity, before, target.name());
        }
        return new Applied(done, preview);
    }

    @Override
    public Publication rollback(Identity identity, String packageName) {
        gate.require(identity, SystemPermission.MANAGE_PACKAGES);
        return publisher.change(identity, false, current -> {
            Layering.Entry now = current.layering()
                    .find(packageName)
                    .filter(e -> e.kind() == Layering.Kind.PRODUCT)
                    .orElseThrow(() -> TenancyError.PACKAGE_NOT_INSTALLED
                            .error()
                            .with("name", packageName)
                            .build());
            Layering.Entry earlier = PackageUpgrade.before(
                            store.formerLayers(identity.tenant(), packageName), now.version())
                    .orElseThrow(() -> TenancyError.NO_EARLIER_VERSION
                            .error()
                            .with("name", packageName)
                            .with("version", now.version())
                            .build());
            return new Checked.Good<>(Draft.of(
                            current.layering().with(earlier),
                            ModelVersion.Kind.ROLLED_BACK,
                            "",
                            List.of("roll back " + packageName + " from " + now.version() + " to " + earlier.version()))
                    .withdrawingConflictsOf(packageName));
        });
    }

    @Override
    public List<Conflict> conflicts(Identity identity) {
        gate.require(identity, SystemPermission.MANAGE_PACKAGES, SystemPermission.CUSTOMIZE);
        Layer custom = publisher.custom(publisher.current(identity.tenant()).layering());
        return store.conflicts(identity.tenant()).stream()
                .filter(c -> c.state() == ConflictState.OPEN && stillSet(custom, c))
                .map(c -> new Conflict(
                        c.id(),
                        new PackageId(c.packageName(), c.toVersion()),
                        c.fromVersion(),
                        c.element(),
                        c.property(),
                        PlainJson.read(c.base()),
                        PlainJson.read(c.theirs()),
                        PlainJson.read(c.mine()),
                        c.createdAt()))
                .toList();
    }

    /** Somebody may have reset the property meanwhile; then there is nothing left to decide. */
    private static boolean stillSet(Layer custom, ConflictRow conflict) {
        return custom.find(ElementKey.parse(conflict.element()))
                .filter(e -> e.properties().containsKey(conflict.property()))
                .isPresent();
    }

    @Override
    public Publication decide(Identity identity, UUID id, Decision decision) {
        gate.require(identity, SystemPermission.MANAGE_PACKAGES);
        return publisher.exclusively(identity.tenant(), () -> switch (decision) {
            case MINE -> {
                requireOpen(identity.tenant(), id);
                store.keepMine(
                        identity.tenant(),
                        id,
                        identity.user().id(),
                        identity.user().name(),
                        time.instant());
                yield new Publication.Published(
                        publisher.current(identity.tenant()).row().version());
            }
            case THEIRS -> publisher.changeAlone(identity, current -> takeTheirs(identity.tenant(), id, current));
        });
    }

    private Checked<Draft> takeTheirs(String tenant, UUID id, Publisher.Current current) {
        ConflictRow conflict = requireOpen(tenant, id);
        Layer custom = publisher.custom(current.layering());
        LayerEdit reset = new LayerEdit.ResetProperty(ElementKey.parse(conflict.element()), conflict.property());
        Checked<Layer> decided = stillSet(custom, conflict) ? custom.apply(List.of(reset)) : new Checked.Good<>(custom);
        return decided.then(layer -> new Checked.Good<>(Draft.of(
                        current.layering(),
                        ModelVersion.Kind.CONFLICT_DECIDED,
                        "",
                        List.of("take " + conflict.packageName() + "'s " + conflict.element() + " "
                                + conflict.property()))
                .withCustom(layer)
                .deciding(id)));
    }

    private ConflictRow requireOpen(String tenant, UUID id) {
        ConflictRow conflict = store.conflict(tenant, id)
                .orElseThrow(() ->
                        TenancyError.UNKNOWN_CONFLICT.error().with("id", id).build());
        if (conflict.state() != ConflictState.OPEN) {
            throw TenancyError.CONFLICT_DECIDED
                    .error()
                    .with("id", id)
                    .with("decision", conflict.state())
                    .build();
        }
        return conflict;
    }

    @Override
    public Publication enablePlugin(Identity identity, String pluginId, Map<String, byte[]> packageFiles) {
        gate.require(identity, SystemPermission.MANAGE_PLUGINS);
        return plugins.enable(identity, pluginId, packageFiles);
    }

    @Override
    public Publication disablePlugin(Identity identity, String pluginId) {
        gate.require(identity, SystemPermission.MANAGE_PLUGINS);
        return plugins.disable(identity, pluginId);
    }

    @Override
    public List<String> enabledPlugins(String tenant) {
        return publisher.current(tenant).layering().enabled().stream()
                .map(Layering.Entry::plugin)
                .filter(p -> !p.isEmpty())
                .toList();
    }

    @Override
    public List<String> tenantsWith(String pluginId) {
        return store.tenants().stream()
                .filter(t -> t.version() > 0)
                .map(TenancyStore.TenantRow::key)
                .filter(t -> enabledPlugins(t).contains(pluginId))
                .toList();
    }

    /** For start: adds packages that come with the program; one that was changed without a new version is told. */
    Optional<PlatformException> addQuietly(Map<String, byte[]> files) {
        try {
            Layer layer = PackageReader.readFiles(files).orThrow();
            if (!layer.info().isCustom()) {
                add(layer, files);
            }
            return Optional.empty();
        } catch (PlatformException refused) {
            return Optional.of(refused);
        }
    }
}
