package dev.tenon.tenancy.internal;

import dev.tenon.metadata.Layer;
import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.PackageWriter;
import dev.tenon.metadata.UpgradeAnalysis;
import dev.tenon.metadata.UpgradeReport;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.tenancy.Layering;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.port.TenancyStore.ConflictRow;
import dev.tenon.tenancy.port.TenancyStore.ConflictState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.semver4j.Semver;

/** What it means for a tenant to get a package, or another version of one that it has. */
final class PackageUpgrade {

    private final LayerShelf shelf;

    PackageUpgrade(LayerShelf shelf) {
        this.shelf = shelf;
    }

    /**
     * @param draft the wanted state
     * @param report what it means, three ways
     */
    record Plan(Draft draft, UpgradeReport report) {}

    /**
     * @param former the entry that is in force, or was before it was disabled
     * @param wanted the entry as it should become, with the hash of {@code archive}
     */
    Plan plan(Layering layering, Optional<Layering.Entry> former, Layering.Entry wanted, byte[] archive, Instant now) {
        Layer fresh = shelf.layer(wanted.content(), Map.of(wanted.content(), archive));
        Layer old = former.filter(e -> !e.content().isEmpty())
                .map(e -> shelf.layer(e.content()))
                .orElseGet(() -> nothingOf(fresh));
        List<Layer> lower = new ArrayList<>();
        List<Layer> higher = new ArrayList<>();
        lower.add(dev.tenon.metadata.SystemPackage.layer());
        boolean above = false;
        for (Layering.Entry entry : layering.enabled()) {
            if (entry.name().equals(wanted.name())) {
                above = true;
            } else if (!entry.content().isEmpty()) {
                boolean isHigher = above || entry.kind() == Layering.Kind.CUSTOM;
                (isHigher ? higher : lower).add(shelf.layer(entry.content()));
            }
        }
        UpgradeReport report = UpgradeAnalysis.compare(old, fresh, lower, higher);
        Layering.Entry entry = wanted;
        byte[] content = archive;
        Layer upgraded = former.isPresent() ? UpgradeAnalysis.upgraded(old, fresh) : fresh;
        if (!upgraded.sameContent(fresh)) {
            FileArchive kept = FileArchive.of(PackageWriter.files(upgraded));
            content = kept.zip();
            entry = new Layering.Entry(
                    wanted.kind(),
                    wanted.name(),
                    wanted.namespace(),
                    wanted.version(),
                    kept.hash(),
                    wanted.plugin(),
                    wanted.enabled());
        }
        String from = former.map(Layering.Entry::version).orElse("");
        String change = from.isEmpty()
                ? "install " + wanted.name() + " " + wanted.version()
                : "upgrade " + wanted.name() + " from " + from + " to " + wanted.version();
        Draft draft = Draft.of(
                        layering,
                        from.isEmpty() ? ModelVersion.Kind.INSTALLED : ModelVersion.Kind.UPGRADED,
                        "",
                        List.of(change))
                .withEntry(entry, content)
                .withConflicts(conflicts(report, now));
        return new Plan(draft, new UpgradeReport(wanted.name(), from, wanted.version(), report.entries()));
    }

    /** Only what the tenant itself has changed can be decided by the tenant. */
    private static List<ConflictRow> conflicts(UpgradeReport report, Instant now) {
        List<ConflictRow> rows = new ArrayList<>();
        for (UpgradeReport.Entry entry : report.ofKind(UpgradeReport.Kind.CONFLICT)) {
            String property = entry.property();
            if (property == null || !PackageInfo.CUSTOM_NAME.equals(entry.layer())) {
                continue;
            }
            rows.add(new ConflictRow(
                    RecordIds.next(),
                    report.packageName(),
                    report.from(),
                    report.to(),
                    entry.element().toString(),
                    property,
                    PlainJson.write(entry.old()),
                    PlainJson.write(entry.theirs()),
                    PlainJson.write(entry.mine()),
                    ConflictState.OPEN,
                    now,
                    null,
                    null,
                    null));
        }
        return rows;
    }

    private static Layer nothingOf(Layer fresh) {
        PackageInfo info = fresh.info();
        return new Layer(
                new PackageInfo(
                        info.name(),
                        info.namespace(),
                        "0.0.0",
                        info.requires(),
                        info.title(),
                        info.summary(),
                        new TreeSet<>()),
                Map.of(),
                Map.of());
    }

    /** The latest former entry with a version below the given one. */
    static Optional<Layering.Entry> before(List<Layering.Entry> former, String version) {
        Semver now = semver(version);
        return former.stream()
                .filter(e -> !e.content().isEmpty() && semver(e.version()).isLowerThan(now))
                .findFirst();
    }

    static Semver semver(String version) {
        Semver parsed = Semver.parse(version);
        if (parsed == null) {
            throw new IllegalArgumentException("not a SemVer version, though it was checked: " + version);
        }
        return parsed;
    }
}
