package dev.tenon.tenancy.internal;

import dev.tenon.access.Identity;
import dev.tenon.metadata.Checked;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.PackageReader;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.Layering;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.TenancyError;
import dev.tenon.tenancy.port.TenancyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Layers that plugins bring: in the model while the plugin is enabled for the tenant, kept with their data after. */
final class PluginLayers {

    private final Publisher publisher;
    private final PackageUpgrade upgrades;
    private final TenancyStore store;
    private final Seeds seeds;
    private final InstantSource time;

    PluginLayers(Publisher publisher, PackageUpgrade upgrades, TenancyStore store, Seeds seeds, InstantSource time) {
        this.publisher = publisher;
        this.upgrades = upgrades;
        this.store = store;
        this.seeds = seeds;
        this.time = time;
    }

    Publication enable(Identity identity, String plugin, Map<String, byte[]> files) {
        if (files.isEmpty()) {
            return publisher.change(
                    identity,
                    false,
                    current -> new Checked.Good<>(Draft.of(
                            current.layering().with(withoutMetadata(plugin)),
                            ModelVersion.Kind.PLUGIN_ENABLED,
                            "",
                            List.of("enable plugin " + plugin))));
        }
        return switch (PackageReader.readFiles(files)) {
            case Checked.Bad<Layer> bad -> new Publication.Refused(ModelCheck.problems(bad.problems()));
            case Checked.Good<Layer> good ->
                publisher.exclusively(identity.tenant(), () -> enable(identity, plugin, good.value(), files));
        };
    }

    private Publication enable(Identity identity, String plugin, Layer layer, Map<String, byte[]> files) {
        if (layer.info().isCustom() || layer.info().isSystem()) {
            throw TenancyError.NOT_A_PRODUCT.error().with("name", layer.name()).build();
        }
        Publisher.Current before = publisher.current(identity.tenant());
        Optional<Layering.Entry> former = before.layering().find(layer.name());
        if (former.isPresent() && !former.get().plugin().equals(plugin)) {
            throw TenancyError.NAMESPACE_TAKEN
                    .error()
                    .with("name", layer.name())
                    .with("namespace", layer.namespace())
                    .with("other", former.get().name())
                    .build();
        }
        FileArchive archive = FileArchive.of(files);
        Layering.Entry wanted = new Layering.Entry(
                Layering.Kind.PLUGIN, layer.name(), layer.namespace(), layer.version(), archive.hash(), plugin, true);
        Draft plan = upgrades.plan(before.layering(), former, wanted, archive.zip(), time.instant())
                .draft();
        boolean first = store.formerLayers(identity.tenant(), layer.name()).isEmpty() && seeds.has(layer);
        Draft draft = new Draft(
                plan.layering(),
                plan.contents(),
                ModelVersion.Kind.PLUGIN_ENABLED,
                "",
                List.of("enable plugin " + plugin + " with package " + layer.name() + " " + layer.version()),
                plan.conflicts(),
                Optional.empty(),
                Optional.empty(),
                first ? List.of(layer.name()) : List.of(),
                Optional.empty());
        Publication done = publisher.changeAlone(identity, current -> new Checked.Good<>(draft));
        if (first && done instanceof Publication.Published) {
            seeds.insertOrUndo(identity, before, layer.name());
        }
        return done;
    }

    Publication disable(Identity identity, String plugin) {
        Publication done = publisher.change(identity, false, current -> {
            List<Layering.Entry> layers = current.layering().layers();
            if (layers.stream().noneMatch(e -> e.plugin().equals(plugin) && e.enabled())) {
                throw TenancyError.PLUGIN_NOT_ENABLED
                        .error()
                        .with("plugin", plugin)
                        .build();
            }
            return new Checked.Good<>(Draft.of(
                    new Layering(layers.stream()
                            .map(e -> e.plugin().equals(plugin) ? e.disabled() : e)
                            .toList()),
                    ModelVersion.Kind.PLUGIN_DISABLED,
                    "",
                    List.of("disable plugin " + plugin)));
        });
        return switch (done) {
            case Publication.Published published -> published;
            case Publication.Started started -> started;
            case Publication.Refused refused -> {
                PlatformException.Builder error =
                        TenancyError.PLUGIN_IN_USE.error().with("plugin", plugin);
                refused.problems().forEach(p -> error.detail(p.detail()));
                throw error.at(refused.problems().getFirst().source()).build();
            }
        };
    }

    /** Plugins without metadata are noted too, so that handlers of others' metadata may name them. */
    private static Layering.Entry withoutMetadata(String plugin) {
        return new Layering.Entry(Layering.Kind.PLUGIN, "plugin:" + plugin, "", "", "", plugin, true);
    }
}
