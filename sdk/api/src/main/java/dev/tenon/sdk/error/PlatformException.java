package dev.tenon.sdk.error;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one exception type that crosses the platform's rooms: a stable code with the values that make its text concrete.
 *
 * <p>{@link #getMessage()} is for logs. What a person reads is rendered from the code in that person's language.
 */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final transient Map<String, Object> args;
    private final transient List<ErrorDetail> details;
    private final transient @Nullable ErrorSource source;

    private PlatformException(Builder builder) {
        super(logText(builder), builder.cause);
        this.code = builder.code;
        this.args = Map.copyOf(builder.args);
        this.details = List.copyOf(builder.details);
        this.source = builder.source;
    }

    /** {@link ErrorCode#error} starts one. */
    static Builder of(ErrorCode code) {
        return new Builder(code);
    }

    public ErrorCode code() {
        return code;
    }

    /** Values for the placeholders of the code's text. */
    public Map<String, Object> args() {
        return args;
    }

    /** The single faults, where several were found at once; empty when the exception itself says it all. */
    public List<ErrorDetail> details() {
        return details;
    }

    /** File and line of the customization that caused it. */
    public Optional<ErrorSource> source() {
        return Optional.ofNullable(source);
    }

    private static String logText(Builder builder) {
        String text = builder.code.id() + (builder.args.isEmpty() ? "" : " " + builder.args);
        if (builder.source != null) {
            text += " at " + builder.source;
        }
        if (!builder.details.isEmpty()) {
            text += builder.details.stream()
                    .map(d -> d.pointer() + " " + d.code().id() + " " + d.args())
                    .collect(Collectors.joining("; ", " [", "]"));
        }
        return text;
    }

    /** Collects the parts of an exception. Not safe for use by several threads. */
    public static final class Builder {
        private final ErrorCode code;
        private final Map<String, Object> args = new java.util.TreeMap<>();
        private final List<ErrorDetail> details = new java.util.ArrayList<>();
        private @Nullable ErrorSource source;
        private @Nullable Throwable cause;

        private Builder(ErrorCode code) {
            this.code = code;
        }

        /** Sets a placeholder's value; null becomes the text {@code null}. */
        public Builder with(String name, @Nullable Object value) {
            args.put(name, value == null ? "null" : value);
            return this;
        }

        public Builder detail(ErrorDetail detail) {
            details.add(detail);
            return this;
        }

        public Builder details(List<ErrorDetail> all) {
            details.addAll(all);
            return this;
        }

        public Builder at(ErrorSource where) {
            this.source = where;
            return this;
        }

        public Builder causedBy(Throwable why) {
            this.cause = why;
            return this;
        }

        public PlatformException build() {
            return new PlatformException(this);
        }
    }
}
