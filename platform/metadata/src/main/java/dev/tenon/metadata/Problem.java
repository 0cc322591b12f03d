package dev.tenon.metadata;

import dev.tenon.metadata.model.ElementKey;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One thing that is wrong with a package, a layer or the layers together.
 *
 * @param args values for the placeholders of the code's text
 * @param source file and line of the cause
 * @param element the element concerned, where one is known
 * @param property the property concerned, where one is known
 */
public record Problem(
        MetadataError code,
        Map<String, Object> args,
        ErrorSource source,
        Optional<ElementKey> element,
        Optional<String> property) {

    public Problem {
        args = Map.copyOf(args);
    }

    public static Problem at(ErrorSource source, MetadataError code, Map<String, Object> args) {
        return new Problem(code, args, source, Optional.empty(), Optional.empty());
    }

    public Problem about(ElementKey key) {
        return new Problem(code, args, source, Optional.of(key), property);
    }

    public Problem about(ElementKey key, String propertyName) {
        return new Problem(code, args, source, Optional.of(key), Optional.of(propertyName));
    }

    /** The text for a person, without file and line. */
    public String text(Locale locale) {
        return ErrorTexts.render(code, args, locale);
    }

    /** For an error body: the pointer is {@code /<element>/<property>}, else {@code /<file>/<line>}. */
    public ErrorDetail detail() {
        String pointer = element.map(key -> "/" + escape(key.toString())
                        + property.map(p -> "/" + escape(p)).orElse(""))
                .orElseGet(() -> "/" + escape(source.file()) + "/" + source.line());
        Map<String, Object> all = new TreeMap<>(args);
        all.put("origin", source.origin());
        all.put("file", source.file());
        all.put("line", source.line());
        all.put("column", source.column());
        return new ErrorDetail(code, pointer, all);
    }

    /** All problems as one exception; its source is the first problem's. */
    public static PlatformException exception(List<Problem> problems) {
        return MetadataError.INVALID
                .error()
                .with("count", problems.size())
                .with("first", problems.getFirst().text(Locale.ENGLISH))
                .at(problems.getFirst().source())
                .details(problems.stream().map(Problem::detail).toList())
                .build();
    }

    private static String escape(String segment) {
        return segment.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public String toString() {
        return source + " " + code.id() + ": " + text(Locale.ENGLISH);
    }
}
