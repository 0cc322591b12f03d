package dev.tenon.web.errors;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorKind;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes failures down as problem details. Tells nothing of internal ones but the number under which they are logged. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /**
     * @param showSource whether the caller customizes this tenant and so may see file and line
     * @param odata adds OData's own error member
     */
    public static Problem of(Throwable failure, Locale locale, boolean showSource, boolean odata) {
        PlatformException error = FailureReading.read(failure);
        if (error.code().kind() == ErrorKind.INTERNAL) {
            LOG.error("request failed", failure);
            if (error.code() != WebError.INTERNAL) {
                error = internal(failure);
            }
        } else if (error.code().kind() != ErrorKind.USER) {
            LOG.warn("request refused: {}", error.getMessage());
        }
        return describe(error, locale, showSource, odata);
    }

    static PlatformException internal(Throwable cause) {
        return WebError.INTERNAL
                .error()
                .with("traceId", Trace.current())
                .causedBy(cause)
                .build();
    }

    private static Problem describe(PlatformException error, Locale locale, boolean showSource, boolean odata) {
        ErrorCode code = error.code();
        int status = Statuses.of(code);
        String detail = ErrorTexts.render(code, error.args(), locale);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("type", "/errors/" + code.id());
        body.put("title", title(status, locale));
        body.put("status", status);
        body.put("detail", detail);
        body.put("code", code.id());
        body.put("kind", code.kind().name());
        body.put("traceId", Trace.current());
        body.put("args", plain(error.args()));
        body.put(
                "errors",
                error.details().stream().map(d -> entry(d, locale, showSource)).toList());
        if (showSource && error.source().isPresent()) {
            body.put("source", source(error.source().get()));
        }
        if (odata) {
            body.put("error", odataError(error, detail, locale));
        }
        return new Problem(status, body);
    }

    /** File and line, for those who may see them. */
    public static Map<String, Object> source(ErrorSource source) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("origin", source.origin());
        members.put("file", source.file());
        members.put("line", source.line());
        members.put("column", source.column());
        return members;
    }

    /** Faults of metadata and scripts carry their place among their values. */
    private static Map<String, @Nullable Object> entry(ErrorDetail detail, Locale locale, boolean showSource) {
        Map<String, @Nullable Object> members = entry(detail, locale);
        Map<String, Object> args = detail.args();
        if (showSource && args.get("file") instanceof String file && args.get("line") instanceof Integer line) {
            members.put(
                    "source",
                    source(new ErrorSource(
                            String.valueOf(args.getOrDefault("origin", "")),
                            file,
                            line,
                            args.get("column") instanceof Integer column ? column : 0)));
        }
        return members;
    }

    /** One of several faults, as a member of {@code errors}. */
    public static Map<String, @Nullable Object> entry(ErrorDetail detail, Locale locale) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("code", detail.code().id());
        members.put("pointer", detail.pointer());
        members.put("detail", ErrorTexts.render(detail.code(), detail.args(), locale));
        members.put("args", plain(detail.args()));
        return members;
    }

    private static Map<String, @Nullable Object> odataError(PlatformException error, String detail, Locale locale) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("code", error.code().id());
        members.put("message", detail);
        List<Map<String, @Nullable Object>> details = new ArrayList<>();
        for (ErrorDetail one : error.details()) {
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            item.put("code", one.code().id());
            item.put("message", ErrorTexts.render(one.code(), one.args(), locale));
            item.put("target", target(one.pointer()));
            details.add(item);
        }
        if (details.size() == 1) {
            members.put("target", details.getFirst().get("target"));
        }
        members.put("details", details);
        return members;
    }

    private static String target(String pointer) {
        return pointer.startsWith("/") ? pointer.substring(1) : pointer;
    }

    private static String title(int status, Locale locale) {
        try {
            return ResourceBundle.getBundle(
                            "tenon.errors.web",
                            locale,
                            Problems.class.getClassLoader(),
                            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                    .getString("title." + status);
        } catch (MissingResourceException noTitle) {
            return Integer.toString(status);
        }
    }

    /** Values as JSON can carry them; what a room put in as an object is told as text. */
    private static Map<String, @Nullable Object> plain(Map<String, Object> args) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        new java.util.TreeMap<>(args)
                .forEach((name, value) -> plain.put(
                        name,
                        value instanceof Number || value instanceof Boolean || value instanceof String
                                ? value
                                : value.toString()));
        return plain;
    }
}
