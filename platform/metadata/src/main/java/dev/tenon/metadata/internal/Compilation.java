package dev.tenon.metadata.internal;

import dev.tenon.metadata.Checked;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.Problem;
import dev.tenon.metadata.model.App;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.PermissionSet;
import dev.tenon.metadata.model.ScriptFile;
import dev.tenon.metadata.model.Setting;
import dev.tenon.metadata.model.VisibilityPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From layers to a model: fold, check, build, each tree of elements by itself. A tree is taken from the model of before where
 * everything is the same that was looked at for it then; without such a model each one is done.
 */
public final class Compilation {

    private final Optional<EffectiveElements> before;
    private final EffectiveElements elements;
    private final ObjectFields fields;
    private final FieldTypes types;
    private final List<Problem> problems;
    private final Map<ElementKey, BuiltTree> built = new HashMap<>();

    private Compilation(Optional<EffectiveElements> before, EffectiveElements elements, List<Problem> problems) {
        this.before = before;
        this.elements = elements;
        this.fields = new ObjectFields(elements);
        this.types = new FieldTypes(elements);
        this.problems = problems;
    }

    /**
     * The model of a tenant at a version, or what is wrong.
     *
     * @param before elements of a model, to take from what is the same
     */
    public static Checked<Model> of(
            String tenant, long version, List<Layer> layers, Optional<EffectiveElements> before) {
        return LayerOrder.of(layers).then(order -> {
            List<Problem> problems = new ArrayList<>();
            EffectiveElements merged = Folding.fold(order, before, problems);
            Compilation compilation = new Compilation(before, merged, problems);
            Map<ElementTree, Reads> changed = compilation.check();
            return Checked.of(problems, () -> compilation.model(tenant, version, changed));
        });
    }

    /** The trees that have to be built, with what was asked to check them. */
    private Map<ElementTree, Reads> check() {
        Map<ElementTree, Reads> changed = new LinkedHashMap<>();
        for (ElementTree tree : elements.trees()) {
            BuiltTree known = known(tree);
            if (known != null && known.reads().sameIn(elements)) {
                built.put(tree.root(), known);
            } else {
                Reads reads = new Reads();
                reads.tree(tree.root(), tree);
                changed.put(tree, reads);
            }
        }
        changed.forEach((tree, reads) -> {
            EffectiveElements noting = elements.noting(reads);
            new FieldChecks(noting, fields.askedOf(noting), problems).check(tree);
        });
        PicklistChecks.hiddenSets(elements, new Findings(problems));
        changed.forEach((tree, reads) -> {
            EffectiveElements noting = elements.noting(reads);
            References.check(tree, noting, fields.askedOf(noting), problems);
        });
        return changed;
    }

    private @Nullable BuiltTree known(ElementTree tree) {
        return before.map(elements -> elements.built(tree.root())).orElse(null);
    }

    private Model model(String tenant, long version, Map<ElementTree, Reads> changed) {
        changed.forEach((tree, reads) -> {
            EffectiveElements noting = elements.noting(reads);
            List<Object> parts = new ModelParts(noting, fields.askedOf(noting), types.askedOf(noting)).of(tree);
            built.put(tree.root(), new BuiltTree(reads, shared(parts, known(tree))));
        });
        Parts parts = new Parts();
        elements.trees().forEach(tree -> {
            BuiltTree made = built.get(tree.root());
            if (made != null) {
                made.parts().forEach(parts::add);
            }
        });
        return parts.model(tenant, version, elements.with(built));
    }

    /** Parts that came out as they were are those of before, so that nobody takes them for changed ones. */
    private static List<Object> shared(List<Object> parts, @Nullable BuiltTree known) {
        if (known == null) {
            return parts;
        }
        List<Object> same = new ArrayList<>();
        for (Object part : parts) {
            int at = known.parts().indexOf(part);
            same.add(at < 0 ? part : known.parts().get(at));
        }
        return same;
    }

    private static final class Parts {
        private final Map<String, ObjectType> objects = new LinkedHashMap<>();
        private final Map<String, ObjectType> junctions = new LinkedHashMap<>();
        private final Map<String, PermissionSet> permissionSets = new LinkedHashMap<>();
        private final Map<String, ApprovalProcess> approvals = new LinkedHashMap<>();
        private final Map<String, VisibilityPolicy> policies = new LinkedHashMap<>();
        private final Map<String, Setting> settings = new LinkedHashMap<>();
        private final List<App> apps = new ArrayList<>();
        private final Map<String, ScriptFile> scripts = new LinkedHashMap<>();

        void add(Object part) {
            switch (part) {
                case ObjectType object ->
                    (object.junction().isPresent() ? junctions : objects).put(object.name(), object);
                case PermissionSet set -> permissionSets.put(set.name(), set);
                case ApprovalProcess process -> approvals.put(process.name(), process);
                case VisibilityPolicy policy -> policies.put(policy.name(), policy);
                case Setting setting -> settings.put(setting.name(), setting);
                case App app -> apps.add(app);
                case ScriptFile script -> scripts.put(script.key(), script);
                default -> throw new IllegalStateException("no part of a model: " + part);
            }
        }

        Model model(String tenant, long version, EffectiveElements elements) {
            objects.putAll(junctions);
            return new Model(
                    tenant,
                    version,
                    Fingerprint.of(elements),
                    objects,
                    permissionSets,
                    approvals,
                    policies,
                    settings,
                    apps,
                    scripts,
                    elements);
        }
    }
}
