package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Label;
import dev.tenon.sdk.error.ErrorSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns plain property values into the model's types. */
final class Typed {

    private Typed() {}

    /** The texts of a label property; the local name where it has no English text. */
    static Label label(EffectiveElement e, String property) {
        return findLabel(e, property).orElseGet(() -> Label.of(Names.bare(e.localName())));
    }

    static Optional<Label> findLabel(EffectiveElement e, String property) {
        String english = e.text(property);
        if (english == null) {
            return Optional.empty();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(Label.DEFAULT_LANGUAGE, english);
        e.properties().forEach((name, effective) -> {
            if (name.startsWith(property + "@") && effective.value() instanceof String text) {
                texts.put(name.substring(property.length() + 1), text);
            }
        });
        return Optional.of(new Label(texts));
    }

    static Optional<ExpressionText> expression(EffectiveElement e, String property) {
        return Optional.ofNullable(e.text(property)).map(text -> new ExpressionText(text, e.sourceOf(property)));
    }

    /** An expression that must be there, by the schema. */
    static ExpressionText requireExpression(EffectiveElement e, String property) {
        return expression(e, property).orElseThrow(() -> new IllegalStateException(e.key() + " lacks " + property));
    }

    static String require(EffectiveElement e, String property) {
        String text = e.text(property);
        if (text == null) {
            throw new IllegalStateException(e.key() + " lacks " + property);
        }
        return text;
    }

    /** The constant {@code BEFORE_CREATE} for {@code beforeCreate}. */
    static <E extends Enum<E>> E constant(Class<E> type, String camelCase) {
        return Enum.valueOf(type, camelCase.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
    }

    static <E extends Enum<E>> E constant(Class<E> type, EffectiveElement e, String property) {
        return constant(type, require(e, property));
    }

    static <E extends Enum<E>> Set<E> constants(Class<E> type, Collection<String> names) {
        EnumSet<E> set = EnumSet.noneOf(type);
        names.forEach(name -> set.add(constant(type, name)));
        return set;
    }

    static int integer(EffectiveElement e, String property, int fallback) {
        return integer(e.value(property), fallback);
    }

    static int integer(@Nullable Object value, int fallback) {
        return value instanceof Long number ? Math.toIntExact(number) : fallback;
    }

    /** Handler of a trigger, action or policy: a script means the file of the layer that names it. */
    static Handler handler(EffectiveElement e, String defaultFunction) {
        String plugin = e.text("plugin");
        if (plugin != null) {
            return plugin(plugin);
        }
        String function = e.text("function");
        return new Handler.Script(
                layerOf(e, "script"), require(e, "script"), function == null ? defaultFunction : function);
    }

    static Handler plugin(String reference) {
        String[] parts = reference.split("/", 2);
        return new Handler.Plugin(parts[0], Arrays.asList(parts).getLast());
    }

    /** The layer whose value is in force. */
    static String layerOf(EffectiveElement e, String property) {
        EffectiveElement.Effective effective = e.properties().get(property);
        return effective == null ? e.origin() : effective.last().layer();
    }

    static ExpressionText never(ErrorSource source) {
        return new ExpressionText("false", source);
    }
}
