package dev.tenon.tenancy.internal;

import dev.tenon.access.Identity;
import dev.tenon.metadata.Checked;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Records;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.Layering;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.TenancyError;
import dev.tenon.tenancy.port.InitialData;
import dev.tenon.tenancy.port.TenancyStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Inserts a package's initial data once, all of it or none, in one transaction with the note that it was done. */
final class Seeds {

    private static final String FOLDER = "data/";
    private static final String SUFFIX = ".csv";

    private final Publisher publisher;
    private final TenancyStore store;
    private final LayerShelf shelf;
    private final ModelSource models;
    private final Supplier<Records> records;
    private final Supplier<InitialData> loader;

    Seeds(
            Publisher publisher,
            TenancyStore store,
            LayerShelf shelf,
            ModelSource models,
            Supplier<Records> records,
            Supplier<InitialData> loader) {
        this.publisher = publisher;
        this.store = store;
        this.shelf = shelf;
        this.models = models;
        this.records = records;
        this.loader = loader;
    }

    boolean has(Layer layer) {
        return layer.data().keySet().stream().anyMatch(p -> p.endsWith(SUFFIX));
    }

    /** Inserts; where a row is refused, the layers of before are put back in force and the refusal is thrown. */
    void insertOrUndo(Identity identity, Publisher.Current before, String packageName) {
        try {
            insert(identity, packageName);
        } catch (RuntimeException refused) {
            try {
                store.seedDone(identity.tenant(), packageName);
                publisher.changeAlone(
                        identity,
                        current -> new Checked.Good<>(Draft.of(
                                before.layering(),
                                ModelVersion.Kind.ROLLED_BACK,
                                "",
                                List.of("take back " + packageName + ": its initial data was refused"))));
            } catch (RuntimeException second) {
                refused.addSuppressed(second);
            }
            throw refused;
        }
    }

    /** To be called where the tenant is the caller's alone. */
    void insert(Identity identity, String packageName) {
        String tenant = identity.tenant();
        Layering.Entry entry =
                publisher.current(tenant).layering().find(packageName).orElse(null);
        if (entry == null || !entry.enabled()) {
            store.seedDone(tenant, packageName);
            return;
        }
        Layer layer = shelf.layer(entry.content());
        Identity system = identity.asSystem();
        records.get().open(system, HistoryEntry.Channel.SYSTEM).inTransaction(() -> {
            filesInOrder(models.current(tenant).model(), layer).forEach((object, file) -> {
                try {
                    loader.get().insert(system, object, layer.data().getOrDefault(file, ""));
                } catch (PlatformException refused) {
                    throw refused(packageName, file, refused);
                }
            });
            store.seedDone(tenant, packageName);
            return true;
        });
    }

    private static PlatformException refused(String packageName, String file, PlatformException cause) {
        int line = cause.args().get("line") instanceof Number number ? number.intValue() : 0;
        return TenancyError.SEED_ROW_REFUSED
                .error()
                .with("name", packageName)
                .with("file", file)
                .with("line", line)
                .with("reason", cause.code().id())
                .details(cause.details())
                .at(new ErrorSource(packageName, file, line, 0))
                .causedBy(cause)
                .build();
    }

    /** Files by object, what is referred to before what refers to it. */
    private static Map<String, String> filesInOrder(Model model, Layer layer) {
        Map<String, String> byObject = new LinkedHashMap<>();
        for (String path : layer.data().keySet()) {
            if (path.endsWith(SUFFIX)) {
                byObject.put(object(model, layer, path), path);
            }
        }
        Map<String, String> ordered = new LinkedHashMap<>();
        Set<String> open = new LinkedHashSet<>();
        byObject.keySet().forEach(o -> place(model, o, byObject, ordered, open));
        return ordered;
    }

    private static void place(
            Model model, String object, Map<String, String> byObject, Map<String, String> ordered, Set<String> open) {
        String file = byObject.get(object);
        if (file == null || ordered.containsKey(object) || !open.add(object)) {
            return;
        }
        List<String> targets = new ArrayList<>();
        model.requireObject(object).fields().values().forEach(f -> {
            switch (f.type()) {
                case FieldType.Lookup lookup -> targets.add(lookup.target());
                case FieldType.MasterDetail master -> targets.add(master.target());
                case FieldType.ManyToMany links -> targets.add(links.target());
                case FieldType.Text ignored -> {}
                case FieldType.WholeNumber ignored -> {}
                case FieldType.DecimalNumber ignored -> {}
                case FieldType.Bool ignored -> {}
                case FieldType.DateOnly ignored -> {}
                case FieldType.DateTime ignored -> {}
                case FieldType.TimeOfDay ignored -> {}
                case FieldType.MultiPicklist ignored -> {}
                case FieldType.RichText ignored -> {}
                case FieldType.Json ignored -> {}
                case FieldType.EncryptedText ignored -> {}
                case FieldType.Picklist ignored -> {}
                case FieldType.File ignored -> {}
                case FieldType.AutoNumber ignored -> {}
                case FieldType.Formula ignored -> {}
                case FieldType.RollUp ignored -> {}
                case FieldType.Derived ignored -> {}
            }
        });
        targets.forEach(t -> place(model, t, byObject, ordered, open));
        ordered.put(object, file);
    }

    private static String object(Model model, Layer layer, String path) {
        String name = path.substring(FOLDER.length(), path.length() - SUFFIX.length());
        String global = name.contains("__") ? name : layer.namespace() + "__" + name;
        if (model.findObject(global).isEmpty()) {
            throw TenancyError.SEED_FILE_INVALID
                    .error()
                    .with("name", layer.name())
                    .with("file", path)
                    .with("reason", global)
                    .at(new ErrorSource(layer.name(), path, 0, 0))
                    .build();
        }
        return global;
    }
}
