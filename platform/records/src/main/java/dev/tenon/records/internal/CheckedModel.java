package dev.tenon.records.internal;

import dev.tenon.access.AccessKernel;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.CompiledModel;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model whose every expression was checked, with the plans made from them. */
public final class CheckedModel implements CompiledModel {

    /** An expression of one object, by its text and place. */
    record ExpressionKey(String object, ExpressionText text) {

        /** Of the parts that know theirs: models are full of these keys, and nearly never does the place alone differ. */
        @Override
        public int hashCode() {
            return 31 * object.hashCode() + text.text().hashCode();
        }
    }

    /** A path that starts at one object. */
    record PathKey(String object, String path) {}

    private final Model model;
    private final AccessKernel access;
    private final Map<String, ObjectPlan> plans;
    private final Map<ElementKey, TextsOfElement.Compiled> texts;
    private final Map<ExpressionKey, Expr> expressions;
    private final Map<PathKey, Expr> paths;
    private final DerivedValues derived;
    private final RowShapes shapes = new RowShapes();

    CheckedModel(
            Model model,
            AccessKernel access,
            Map<String, ObjectPlan> plans,
            Map<ElementKey, TextsOfElement.Compiled> texts,
            Map<ExpressionKey, Expr> expressions,
            Map<PathKey, Expr> paths) {
        this.model = model;
        this.access = access;
        this.plans = Map.copyOf(plans);
        this.texts = Map.copyOf(texts);
        this.expressions = Map.copyOf(expressions);
        this.paths = Map.copyOf(paths);
        this.derived = new DerivedValues(model);
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public AccessKernel access() {
        return access;
    }

    @Override
    public Expr expression(String object, ExpressionText text) {
        return known(expressions.get(new ExpressionKey(object, text)), object + ": " + text);
    }

    @Override
    public Expr path(String object, String path) {
        return known(paths.get(new PathKey(object, path)), object + ": " + path);
    }

    /** How computed fields follow from each other. */
    ComputationOrder order() {
        return new ComputationOrder(model, expressions);
    }

    /** What queries are told of fields that no record keeps. */
    DerivedValues derived() {
        return derived;
    }

    /** How what is selected is asked and read. */
    RowShapes shapes() {
        return shapes;
    }

    /** Whether it was made of just these. */
    boolean isOf(Map<ElementKey, TextsOfElement.Compiled> others) {
        return texts.keySet().equals(others.keySet())
                && others.entrySet().stream().allMatch(other -> texts.get(other.getKey()) == other.getValue());
    }

    /** The same for a model of the same objects and approval processes. */
    CheckedModel as(Model other, AccessKernel itsAccess) {
        return new CheckedModel(other, itsAccess, plans, texts, expressions, paths);
    }

    /** What came of the texts of an object or approval process. */
    Optional<TextsOfElement.Compiled> texts(ElementKey element) {
        return Optional.ofNullable(texts.get(element));
    }

    Optional<ObjectPlan> findPlan(String object) {
        return Optional.ofNullable(plans.get(object));
    }

    ObjectPlan plan(String object) {
        return known(plans.get(object), object);
    }

    private static <T> T known(@Nullable T found, String what) {
        if (found == null) {
            throw new IllegalArgumentException("not part of this model: " + what);
        }
        return found;
    }
}
