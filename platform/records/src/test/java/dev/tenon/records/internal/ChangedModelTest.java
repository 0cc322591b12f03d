package dev.tenon.records.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.access.Identity;
import dev.tenon.metadata.Checked;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.Models;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.CompiledModel;
import dev.tenon.records.ExpressionModelCompiler;
import dev.tenon.records.ModelCompiler;
import dev.tenon.sdk.ActingUser;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A model that is made from the one of before is the one that is made of everything. The seed is the repetition's number. */
class ChangedModelTest {

    private static final int STEPS = 60;
    private static final ModelCompiler COMPILER = new ExpressionModelCompiler(List.of());

    private static int accepted;
    private static int refused;
    private static int shared;

    private final Random random;

    ChangedModelTest() {
        this.random = new Random(0);
    }

    @AfterAll
    static void changesWereOfAllKinds() {
        assertThat(accepted).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
        assertThat(shared).isGreaterThan(100);
    }

    @RepeatedTest(12)
    void whateverWasChangedTheModelIsTheOneMadeOfEverything(RepetitionInfo repetition) {
        random.setSeed(repetition.getCurrentRepetition());
        RandomChanges changes = new RandomChanges(random);
        Layer product = changes.product();
        Layer custom = Layer.emptyCustom();
        CompiledModel current =
                compiled(model(1, List.of(product, custom), Optional.empty()).orThrow(), Optional.empty());
        for (int version = 2; version < STEPS; version++) {
            Layer otherProduct = random.nextInt(8) == 0 ? changes.product() : product;
            Layer otherCustom = custom;
            for (int i = random.nextInt(4); i >= 0; i--) {
                if (otherCustom.apply(List.of(changes.edit(otherCustom))) instanceof Checked.Good<Layer> edited) {
                    otherCustom = edited.value();
                }
            }
            Optional<CompiledModel> next = changed(version, List.of(otherProduct, otherCustom), current);
            if (next.isPresent()) {
                current = next.get();
                product = otherProduct;
                custom = otherCustom;
            }
        }
    }

    @Test
    void whatNothingTouchesIsShared() {
        Layer product = new RandomChanges(random).product();
        Layer custom = Layer.emptyCustom();
        CompiledModel before =
                compiled(model(1, List.of(product, custom), Optional.empty()).orThrow(), Optional.empty());
        Layer edited = custom.apply(List.of(new dev.tenon.metadata.LayerEdit.Add(
                        new ElementKey("field", "shop__Line/c__note"), Map.of("type", "text", "label", "Note"))))
                .orThrow();

        CompiledModel after = compiled(
                model(2, List.of(product, edited), Optional.of(before.model())).orThrow(), Optional.of(before));

        assertThat(after.model().objects().values().stream()
                        .filter(object -> before.model().objects().get(object.name()) != object))
                .extracting(ObjectType::name)
                .containsExactly("shop__Line");
        assertThat(((CheckedModel) after).plan("shop__Customer"))
                .isSameAs(((CheckedModel) before).plan("shop__Customer"));
    }

    private static Checked<Model> model(long version, List<Layer> layers, Optional<Model> before) {
        return Models.compile("t", version, layers, before);
    }

    private static CompiledModel compiled(Model model, Optional<CompiledModel> before) {
        return ((ModelCompiler.Outcome.Compiled) COMPILER.compile(model, before)).model();
    }

    /** The next model, where it can be in force; both ways to it are compared. */
    private static Optional<CompiledModel> changed(long version, List<Layer> layers, CompiledModel current) {
        Checked<Model> whole = model(version, layers, Optional.empty());
        Checked<Model> changed = model(version, layers, Optional.of(current.model()));
        assertThat(changed.problems()).isEqualTo(whole.problems());
        if (!(whole instanceof Checked.Good<Model> good)) {
            refused++;
            return Optional.empty();
        }
        same(changed.orThrow(), good.value());
        ModelCompiler.Outcome of = COMPILER.compile(changed.orThrow(), Optional.of(current));
        return switch (COMPILER.compile(good.value())) {
            case ModelCompiler.Outcome.Refused bad -> {
                refused++;
                assertThat(of).isEqualTo(bad);
                yield Optional.empty();
            }
            case ModelCompiler.Outcome.Compiled done -> {
                accepted++;
                CheckedModel next = (CheckedModel) ((ModelCompiler.Outcome.Compiled) of).model();
                same(next, (CheckedModel) done.model(), (CheckedModel) current);
                yield Optional.of(next);
            }
        };
    }

    private static void same(Model changed, Model whole) {
        assertThat(changed.fingerprint()).isEqualTo(whole.fingerprint());
        assertThat(List.copyOf(changed.objects().entrySet()))
                .isEqualTo(List.copyOf(whole.objects().entrySet()));
        assertThat(List.copyOf(changed.permissionSets().entrySet()))
                .isEqualTo(List.copyOf(whole.permissionSets().entrySet()));
        assertThat(List.copyOf(changed.approvals().entrySet()))
                .isEqualTo(List.copyOf(whole.approvals().entrySet()));
        assertThat(changed.policies()).isEqualTo(whole.policies());
        assertThat(List.copyOf(changed.settings().entrySet()))
                .isEqualTo(List.copyOf(whole.settings().entrySet()));
        assertThat(changed.apps()).isEqualTo(whole.apps());
        assertThat(changed.scripts()).isEqualTo(whole.scripts());
        assertThat(List.copyOf(changed.provenance().elements()))
                .isEqualTo(List.copyOf(whole.provenance().elements()));
        for (ElementKey key : whole.provenance().elements()) {
            for (String property : whole.provenance().properties(key)) {
                assertThat(changed.provenance().of(key, property))
                        .isEqualTo(whole.provenance().of(key, property));
            }
        }
    }

    private static void same(CheckedModel changed, CheckedModel whole, CheckedModel before) {
        Model model = whole.model();
        for (String object : model.objects().keySet()) {
            assertThat(changed.plan(object)).isEqualTo(whole.plan(object));
            sameTexts(new ElementKey("object", object), changed, whole);
            shared += before.findPlan(object)
                            .filter(plan -> plan == changed.plan(object))
                            .isPresent()
                    ? 1
                    : 0;
        }
        model.approvals().keySet().forEach(name -> sameTexts(new ElementKey("approval", name), changed, whole));
        for (String set : model.permissionSets().keySet()) {
            Identity holder = new Identity(
                    new ActingUser("t", new UUID(0, 1), "Ada", Locale.ENGLISH, ZoneOffset.UTC),
                    Identity.Kind.USER,
                    Set.of(set));
            for (String object : model.objects().keySet()) {
                assertThat(changed.access().access(holder, object))
                        .isEqualTo(whole.access().access(holder, object));
            }
        }
    }

    private static void sameTexts(ElementKey element, CheckedModel changed, CheckedModel whole) {
        assertThat(Stream.of(changed, whole)
                        .map(compiled -> compiled.texts(element).orElseThrow())
                        .map(texts -> List.of(texts.element(), texts.expressions(), texts.paths()))
                        .distinct())
                .hasSize(1);
    }
}
