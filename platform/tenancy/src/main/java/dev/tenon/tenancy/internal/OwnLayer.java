package dev.tenon.tenancy.internal;

import dev.tenon.access.Identity;
import dev.tenon.metadata.Checked;
import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.FieldProperties;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.PackageReader;
import dev.tenon.metadata.PackageWriter;
import dev.tenon.metadata.PropertyType;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.metadata.model.ScriptFile;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.error.Suggestions;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.KeptData;
import dev.tenon.tenancy.LossPreview;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.ObjectDescription;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.TenancyError;
import dev.tenon.tenancy.TenantScript;
import dev.tenon.tenancy.ValueSetDescription;
import dev.tenon.tenancy.port.TenancyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tenant's own layer: edited, replaced, exported, described. */
final class OwnLayer implements Customizing {

    private static final Pattern SCRIPT_PATH =
            Pattern.compile("scripts/(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\\.test)?\\.js");
    private static final int MOST_HISTORY = 1000;
    private static final LossPreview NO_LOSSES = new LossPreview(List.of(), "");

    private final Publisher publisher;
    private final SchemaChanges schemaChanges;
    private final TenancyStore store;
    private final ModelSource models;
    private final ModelCheck check;
    private final Gate gate;
    private final LossPreviews previews;
    private final Undoing undoing;

    OwnLayer(
            Publisher publisher,
            SchemaChanges schemaChanges,
            TenancyStore store,
            ModelSource models,
            ModelCheck check,
            Gate gate,
            LossPreviews previews) {
        this.previews = previews;
        this.publisher = publisher;
        this.undoing = new Undoing(publisher, store);
        this.schemaChanges = schemaChanges;
        this.store = store;
        this.models = models;
        this.check = check;
        this.gate = gate;
    }

    @Override
    public Publication apply(
            Identity identity,
            List<LayerEdit> edits,
            Optional<String> comment,
            boolean dryRun,
            Optional<String> confirmed) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        return publisher.changeInBackground(
                identity,
                dryRun,
                current ->
                        edited(current, edits, comment).then(draft -> new Checked.Good<>(draft.confirming(confirmed))));
    }

    private Checked<Draft> edited(Publisher.Current current, List<LayerEdit> edits, Optional<String> comment) {
        return publisher
                .custom(current.layering())
                .apply(edits)
                .then(edited -> new Checked.Good<>(Draft.of(
                                current.layering(),
                                ModelVersion.Kind.EDITED,
                                comment.orElse(""),
                                edits.stream().map(OwnLayer::inWords).toList())
                        .withCustom(edited)));
    }

    @Override
    public LossPreview losses(Identity identity, List<LayerEdit> edits) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        Publisher.Current current = publisher.current(identity.tenant());
        return losses(identity, current, edited(current, edits, Optional.empty()));
    }

    /** Edits that are wrong in themselves lose nothing; publishing them tells what is wrong. */
    private LossPreview losses(Identity identity, Publisher.Current current, Checked<Draft> draft) {
        return draft instanceof Checked.Good<Draft> good
                ? publisher
                        .wanted(identity.tenant(), current, good.value())
                        .map(wanted -> previews.of(identity, wanted))
                        .orElse(NO_LOSSES)
                : NO_LOSSES;
    }

    @Override
    public LossPreview undoLosses(Identity identity, long version) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        Publisher.Current current = publisher.current(identity.tenant());
        return losses(identity, current, undoing.draft(identity.tenant(), current, version, ""));
    }

    @Override
    public List<KeptData> keptData(Identity identity) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        return schemaChanges.kept(identity.tenant());
    }

    @Override
    public Publication importFolder(
            Identity identity, Map<String, byte[]> files, Optional<String> comment, boolean dryRun) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        return switch (PackageReader.readFiles(files)) {
            case Checked.Bad<Layer> bad -> new Publication.Refused(ModelCheck.problems(bad.problems()));
            case Checked.Good<Layer> good -> {
                Layer layer = good.value();
                if (!layer.info().isCustom()) {
                    throw TenancyError.NOT_A_CUSTOM_LAYER
                            .error()
                            .with("name", layer.name())
                            .build();
                }
                yield publisher.changeInBackground(
                        identity,
                        dryRun,
                        current -> new Checked.Good<>(Draft.of(
                                        current.layering(),
                                        ModelVersion.Kind.IMPORTED,
                                        comment.orElse(""),
                                        List.of("layer custom, "
                                                + layer.elements().size() + " elements"))
                                .withCustom(layer)));
            }
        };
    }

    @Override
    public Map<String, byte[]> export(Identity identity) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        return PackageWriter.files(
                publisher.custom(publisher.current(identity.tenant()).layering()));
    }

    @Override
    public List<ModelVersion> history(Identity identity, int limit) {
        gate.require(identity, SystemPermission.CUSTOMIZE, SystemPermission.MANAGE_PACKAGES);
        return store.history(identity.tenant(), Math.clamp(limit, 1, MOST_HISTORY));
    }

    @Override
    public Publication undo(
            Identity identity, long version, Optional<String> comment, boolean dryRun, UndoConsent consent) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        return publisher.changeInBackground(identity, dryRun, current -> {
            Checked<Draft> draft = undoing.draft(identity.tenant(), current, version, comment.orElse(""));
            if (!consent.withoutData()) {
                schemaChanges.requireData(
                        identity.tenant(), version, undoing.changes(identity.tenant(), current, version));
            }
            return draft.then(d -> new Checked.Good<>(d.confirming(consent.confirmed())));
        });
    }

    @Override
    public List<SchemaChange> schemaChanges(Identity identity, int limit) {
        gate.require(identity, SystemPermission.CUSTOMIZE, SystemPermission.MANAGE_PACKAGES);
        return schemaChanges.list(identity.tenant(), Math.clamp(limit, 1, MOST_HISTORY));
    }

    @Override
    public SchemaChange schemaChange(Identity identity, UUID id) {
        gate.require(identity, SystemPermission.CUSTOMIZE, SystemPermission.MANAGE_PACKAGES);
        return schemaChanges.find(identity.tenant(), id);
    }

    @Override
    public void cancelSchemaChange(Identity identity, UUID id) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        if (schemaChanges.find(identity.tenant(), id).phase() == SchemaChange.Phase.COMPUTING) {
            publisher.values().requireTakenBack(identity, id);
        }
        schemaChanges.cancel(identity.tenant(), id);
    }

    @Override
    public ObjectDescription describe(Identity identity, String object) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        Model model = models.current(identity.tenant()).model();
        EffectiveElements effective = elements(model);
        List<EffectiveElement> elements = new ArrayList<>(effective.ofObject(object));
        // Status models and dependences speak of the values that fields have from elsewhere.
        effective.children(new ElementKey(ElementTypes.OBJECT, object), ElementTypes.FIELD).stream()
                .map(field -> field.text("valueSet"))
                .filter(Objects::nonNull)
                .distinct()
                .forEach(set -> elements.addAll(
                        effective.children(new ElementKey(ElementTypes.VALUE_SET, set), ElementTypes.SET_VALUE)));
        // What permission sets say about it.
        effective.ofType(ElementTypes.OBJECT_PERMISSION).stream()
                .filter(permission -> permission.localName().equals(object))
                .forEach(elements::add);
        EffectiveElement own = effective
                .find(ElementTypes.OBJECT, object)
                .orElseThrow(() -> TenancyError.UNKNOWN_OBJECT
                        .error()
                        .with("object", object)
                        .with(
                                "suggestion",
                                Suggestions.nearestOrSome(
                                        object, model.objects().keySet()))
                        .build());
        return new ObjectDescription(
                object, own.origin(), elements.stream().map(OwnLayer::describe).toList());
    }

    @Override
    public List<ObjectDescription.Element> settings(Identity identity) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        return elements(models.current(identity.tenant()).model()).ofType(ElementTypes.SETTING).stream()
                .filter(setting -> !setting.retired())
                .map(OwnLayer::describe)
                .toList();
    }

    private static EffectiveElements elements(Model model) {
        if (!(model.provenance() instanceof EffectiveElements effective)) {
            throw new IllegalStateException("a published model knows its elements");
        }
        return effective;
    }

    @Override
    public List<ValueSetDescription> valueSets(Identity identity) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        EffectiveElements effective = elements(models.current(identity.tenant()).model());
        Map<String, List<String>> users = effective
                .ofValueSets()
                .collect(Collectors.groupingBy(
                        field -> String.valueOf(field.text("valueSet")),
                        Collectors.mapping(field -> field.key().name(), Collectors.toList())));
        return effective.ofType(ElementTypes.VALUE_SET).stream()
                .map(set -> new ValueSetDescription(
                        set.key().name(),
                        Stream.concat(Stream.of(set), effective.children(set.key(), ElementTypes.SET_VALUE).stream())
                                .map(OwnLayer::describe)
                                .toList(),
                        users.getOrDefault(set.key().name(), List.of())))
                .toList();
    }

    private static ObjectDescription.Element describe(EffectiveElement element) {
        List<ObjectDescription.Property> properties = new ArrayList<>();
        boolean own = element.origin().equals(PackageInfo.CUSTOM_NAME);
        element.properties().forEach((name, property) -> {
            if (property.chain().isEmpty()) {
                return;
            }
            properties.add(new ObjectDescription.Property(
                    name,
                    property.value(),
                    property.last().layer(),
                    own || ElementTypes.changeable(element.key(), name),
                    property.chain()));
        });
        // What nobody has set yet can be set all the same, so people need to see it.
        element.type().properties().stream()
                .filter(p -> isOpen(element, p) && !element.properties().containsKey(p.name()))
                .forEach(p -> properties.add(new ObjectDescription.Property(
                        p.name(),
                        p.fallback(),
                        "",
                        own || ElementTypes.changeable(element.key(), p.name()),
                        List.of())));
        return new ObjectDescription.Element(
                element.key().toString(), element.key().type(), element.localName(), element.origin(), properties);
    }

    private static boolean isOpen(EffectiveElement element, PropertyType property) {
        if (!element.key().type().equals(ElementTypes.FIELD)) {
            return property.fallback() != null;
        }
        return (property.fallback() != null || FieldProperties.OPTIONAL.contains(property.name()))
                && FieldProperties.fits(property.name(), String.valueOf(element.value("type")));
    }

    @Override
    public List<TenantScript> scripts(Identity identity) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        return models.current(identity.tenant()).model().scripts().values().stream()
                .map(OwnLayer::script)
                .toList();
    }

    @Override
    public TenantScript script(Identity identity, String origin, String path) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        ScriptFile found = models.current(identity.tenant()).model().scripts().get(origin + "/" + path);
        if (found == null) {
            throw unknownScript(origin, path);
        }
        return script(found);
    }

    private static TenantScript script(ScriptFile file) {
        return new TenantScript(
                file.origin(), file.path(), file.source(), file.origin().equals(PackageInfo.CUSTOM_NAME));
    }

    @Override
    public Publication putScript(Identity identity, String path, String source, Optional<String> comment) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        if (!SCRIPT_PATH.matcher(path).matches()) {
            throw TenancyError.SCRIPT_PATH_INVALID.error().with("path", path).build();
        }
        return publisher.change(identity, false, current -> {
            Layer custom = publisher.custom(current.layering());
            LayerEdit edit = custom.script(path).isPresent()
                    ? new LayerEdit.SetProperty(custom.scriptKey(path), "source", source)
                    : new LayerEdit.Add(custom.scriptKey(path), Map.of("source", source));
            return edited(
                    current, custom, edit, comment, (custom.script(path).isPresent() ? "change " : "add ") + path);
        });
    }

    @Override
    public Publication removeScript(Identity identity, String path, Optional<String> comment) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        return publisher.change(identity, false, current -> {
            Layer custom = publisher.custom(current.layering());
            if (custom.script(path).isEmpty()) {
                throw unknownScript(PackageInfo.CUSTOM_NAME, path);
            }
            return edited(
                    current, custom, new LayerEdit.RemoveElement(custom.scriptKey(path)), comment, "remove " + path);
        });
    }

    private static Checked<Draft> edited(
            Publisher.Current current, Layer custom, LayerEdit edit, Optional<String> comment, String change) {
        return custom.apply(List.of(edit))
                .then(edited -> new Checked.Good<>(
                        Draft.of(current.layering(), ModelVersion.Kind.EDITED, comment.orElse(""), List.of(change))
                                .withCustom(edited)));
    }

    @Override
    public List<Problem> checkScript(Identity identity, String path, String source) {
        gate.require(identity, SystemPermission.CUSTOMIZE);
        return check.checkScript(PackageInfo.CUSTOM_NAME, path, source);
    }

    private static dev.tenon.sdk.error.PlatformException unknownScript(String origin, String path) {
        return TenancyError.UNKNOWN_SCRIPT
                .error()
                .with("origin", origin)
                .with("path", path)
                .build();
    }

    static String inWords(LayerEdit edit) {
        return switch (edit) {
            case LayerEdit.Add add -> "add " + add.element();
            case LayerEdit.SetProperty set ->
                "set " + set.element() + " " + set.property() + " = " + shortened(set.value());
            case LayerEdit.ResetProperty reset -> "reset " + reset.element() + " " + reset.property();
            case LayerEdit.RemoveElement remove -> "remove " + remove.element();
        };
    }

    private static final int SHOWN = 120;

    private static String shortened(@org.jspecify.annotations.Nullable Object value) {
        String text = String.valueOf(value).replace('\n', ' ');
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
