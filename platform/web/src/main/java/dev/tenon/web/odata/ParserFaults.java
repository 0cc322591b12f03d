package dev.tenon.web.odata;

import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.error.Suggestions;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.olingo.server.api.ODataLibraryException;
import org.apache.olingo.server.core.uri.parser.UriParserSemanticException;
import org.apache.olingo.server.core.uri.parser.UriParserSyntaxException;

/**
 * The platform's errors for what Olingo's parser refuses. Names that do not exist and names the caller may not know are
 * both absent from the metadata, so they end here alike.
 */
final class ParserFaults {

    /** Olingo quotes the names in its English messages; the exception itself does not tell its parameters. */
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private ParserFaults() {}

    static PlatformException read(ODataLibraryException refused, VisibleModel visible) {
        String translated = refused.getTranslatedMessage(Locale.ENGLISH).getMessage();
        // For plain syntax errors only the untranslated text says what was expected.
        String message = refused.getMessageKey() == UriParserSyntaxException.MessageKeys.SYNTAX
                ? String.valueOf(refused.getMessage())
                : translated;
        List<String> names = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(translated);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return switch (refused.getMessageKey()) {
            case UriParserSemanticException.MessageKeys key -> semantic(key, names, message, visible, refused);
            case UriParserSyntaxException.MessageKeys key
            when key == UriParserSyntaxException.MessageKeys.UNKNOWN_SYSTEM_QUERY_OPTION -> unsupported(names, message);
            case UriParserSyntaxException.MessageKeys key
            when key == UriParserSyntaxException.MessageKeys.WRONG_VALUE_FOR_SYSTEM_QUERY_OPTION && names.size() == 2 ->
                WebError.ODATA_OPTION_VALUE
                        .error()
                        .with("option", option(names.get(0)))
                        .with("value", names.get(1))
                        .with("expected", expected(option(names.get(0))))
                        .causedBy(refused)
                        .build();
            default ->
                WebError.ODATA_SYNTAX
                        .error()
                        .with("reason", message)
                        .causedBy(refused)
                        .build();
        };
    }

    private static PlatformException semantic(
            UriParserSemanticException.MessageKeys key,
            List<String> names,
            String message,
            VisibleModel visible,
            ODataLibraryException refused) {
        return switch (key) {
            case PROPERTY_NOT_IN_TYPE, EXPRESSION_PROPERTY_NOT_IN_TYPE ->
                names.size() < 2 ? syntax(message, refused) : unknownProperty(names.get(0), names.get(1), visible);
            case RESOURCE_NOT_FOUND, UNKNOWN_PART -> {
                if (names.isEmpty()) {
                    yield syntax(message, refused);
                }
                String name = names.getFirst();
                yield RecordsError.UNKNOWN_OBJECT
                        .error()
                        .with("object", name)
                        .with(
                                "suggestion",
                                Suggestions.nearest(name, visible.objects().keySet()))
                        .build();
            }
            case FUNCTION_NOT_FOUND, UNKNOWN_TYPE ->
                RecordsError.UNKNOWN_ACTION
                        .error()
                        .with("object", "-")
                        .with("action", names.isEmpty() ? "-" : names.getFirst())
                        .build();
            case NOT_IMPLEMENTED, NOT_IMPLEMENTED_SYSTEM_QUERY_OPTION -> unsupported(names, message);
            case TYPES_NOT_COMPATIBLE ->
                WebError.ODATA_SYNTAX
                        .error()
                        .with("reason", message)
                        .causedBy(refused)
                        .build();
            default -> syntax(message, refused);
        };
    }

    private static PlatformException unknownProperty(String first, String second, VisibleModel visible) {
        // The two messages name type and property in different orders; only one of them is a type.
        String type = local(visible.objects().containsKey(local(first)) ? first : second);
        String property = visible.objects().containsKey(local(first)) ? second : first;
        if (property.isEmpty()) {
            // In $apply the parser does not tell of what it should be one.
            property = type;
            type = "$apply";
        }
        VisibleObject object = visible.objects().get(type);
        return object == null
                ? RecordsError.UNKNOWN_FIELD
                        .error()
                        .with("object", type)
                        .with("field", property)
                        .with("suggestion", "")
                        .build()
                : object.unknown(property);
    }

    private static String local(String typeName) {
        return typeName.substring(typeName.lastIndexOf('.') + 1);
    }

    private static String option(String name) {
        return name.startsWith("$") ? name : "$" + name.toLowerCase(Locale.ROOT);
    }

    private static String expected(String option) {
        return switch (option) {
            case "$top", "$skip" -> "0, 1, 2, …";
            case "$count" -> "true, false";
            case "$filter" -> "<property> eq <value>, …";
            case "$orderby" -> "<property>, <property> desc, …";
            case "$select" -> "<property>, …";
            default -> "OData 4.01";
        };
    }

    private static PlatformException unsupported(List<String> names, String message) {
        return WebError.ODATA_NOT_SUPPORTED
                .error()
                .with("what", names.isEmpty() ? message : names.getFirst())
                .build();
    }

    private static PlatformException syntax(String message, ODataLibraryException refused) {
        return WebError.ODATA_SYNTAX
                .error()
                .with("reason", message)
                .causedBy(refused)
                .build();
    }
}
