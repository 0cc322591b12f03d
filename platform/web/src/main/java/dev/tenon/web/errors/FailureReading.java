package dev.tenon.web.errors;

import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says for any failure which of the platform's errors it is; what nobody foresaw is an internal one. */
final class FailureReading {

    private FailureReading() {}

    static PlatformException read(Throwable failure) {
        return switch (failure) {
            case PlatformException error -> error;
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case JacksonException json -> json(json);
            case NoResourceFoundException missing -> notFound(missing.getResourcePath());
            case NoHandlerFoundException missing -> notFound(missing.getRequestURL());
            case HttpRequestMethodNotSupportedException method ->
                WebError.METHOD_NOT_ALLOWED
                        .error()
                        .with("method", method.getMethod())
                        .with("allowed", joined(method.getSupportedMethods()))
                        .build();
            case HttpMediaTypeNotSupportedException type ->
                WebError.UNSUPPORTED_MEDIA_TYPE
                        .error()
                        .with("type", type.getContentType() == null ? "-" : type.getContentType())
                        .with("supported", media(type.getSupportedMediaTypes()))
                        .build();
            case HttpMediaTypeNotAcceptableException type ->
                WebError.NOT_ACCEPTABLE
                        .error()
                        .with("supported", media(type.getSupportedMediaTypes()))
                        .build();
            case MissingServletRequestParameterException parameter ->
                WebError.PARAMETER_MISSING
                        .error()
                        .with("name", parameter.getParameterName())
                        .build();
            case MissingServletRequestPartException part ->
                WebError.PARAMETER_MISSING
                        .error()
                        .with("name", part.getRequestPartName())
                        .build();
            case MethodArgumentTypeMismatchException argument ->
                WebError.PARAMETER_MALFORMED
                        .error()
                        .with("name", argument.getName())
                        .with("value", argument.getValue())
                        .with("expected", expected(argument.getRequiredType()))
                        .build();
            case MaxUploadSizeExceededException size ->
                WebError.TOO_LARGE
                        .error()
                        .with("limit", size.getMaxUploadSize() < 0 ? "-" : size.getMaxUploadSize() + " B")
                        .causedBy(size)
                        .build();
            case MultipartException upload -> multipart(upload);
            case AuthenticationException unauthenticated ->
                WebError.UNAUTHENTICATED.error().causedBy(unauthenticated).build();
            case AccessDeniedException denied when denied.getCause() instanceof PlatformException told -> told;
            case AccessDeniedException denied ->
                WebError.FORBIDDEN.error().causedBy(denied).build();
            case RequestRejectedException rejected ->
                WebError.MALFORMED_REQUEST
                        .error()
                        .with("reason", "the address contains characters that are not allowed")
                        .causedBy(rejected)
                        .build();
            case UndeclaredThrowableException wrapper
            when wrapper.getUndeclaredThrowable() != null -> read(wrapper.getUndeclaredThrowable());
            case ExecutionException wrapper when wrapper.getCause() != null -> read(wrapper.getCause());
            case CompletionException wrapper when wrapper.getCause() != null -> read(wrapper.getCause());
            default -> other(failure);
        };
    }

    /** Spring's remaining exceptions that know their status; only 4xx ones are the caller's. */
    private static PlatformException other(Throwable failure) {
        if (failure instanceof ErrorResponse response) {
            HttpStatusCode status = response.getStatusCode();
            if (status.is4xxClientError()) {
                String reason = response.getBody().getDetail();
                return WebError.MALFORMED_REQUEST
                        .error()
                        .with("reason", reason == null ? status.toString() : reason)
                        .causedBy(failure)
                        .build();
            }
            if (status.value() == 503) {
                return WebError.BUSY.error().causedBy(failure).build();
            }
        }
        return Problems.internal(failure);
    }

    private static PlatformException notFound(String path) {
        return WebError.NOT_FOUND
                .error()
                .with("path", path.startsWith("/") ? path : "/" + path)
                .build();
    }

    private static PlatformException unreadable(HttpMessageNotReadableException unreadable) {
        Throwable cause = unreadable.getCause();
        if (cause instanceof JacksonException || cause instanceof PlatformException) {
            return read(cause);
        }
        return WebError.MALFORMED_BODY
                .error()
                .with("reason", "the body is missing or is not JSON")
                .causedBy(unreadable)
                .build();
    }

    private static PlatformException json(JacksonException failure) {
        if (failure.getCause() instanceof PlatformException ours) {
            return ours;
        }
        if (failure instanceof StreamReadException) {
            TokenStreamLocation where = failure.getLocation();
            return WebError.MALFORMED_JSON
                    .error()
                    .with("line", where == null ? 0 : where.getLineNr())
                    .with("column", where == null ? 0 : where.getColumnNr())
                    .with("reason", firstLine(failure.getOriginalMessage()))
                    .causedBy(failure)
                    .build();
        }
        if (failure instanceof DatabindException) {
            String reason = failure instanceof UnrecognizedPropertyException unknown
                    ? "unknown member \"" + unknown.getPropertyName() + "\""
                    : "a value has another type than expected";
            return WebError.MALFORMED_BODY
                    .error()
                    .with("reason", reason)
                    .detail(new ErrorDetail(WebError.MALFORMED_BODY, pointer(failure), Map.of("reason", reason)))
                    .causedBy(failure)
                    .build();
        }
        return Problems.internal(failure);
    }

    private static String pointer(JacksonException failure) {
        return failure.getPath().stream()
                .map(step -> step.getPropertyName() != null ? step.getPropertyName() : String.valueOf(step.getIndex()))
                .collect(Collectors.joining("/", failure.getPath().isEmpty() ? "" : "/", ""));
    }

    private static PlatformException multipart(MultipartException upload) {
        for (Throwable cause = upload.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().contains("SizeLimit")) {
                return WebError.TOO_LARGE
                        .error()
                        .with("limit", "-")
                        .causedBy(upload)
                        .build();
            }
        }
        return WebError.MALFORMED_REQUEST
                .error()
                .with("reason", "a multipart form with a file is expected")
                .causedBy(upload)
                .build();
    }

    private static String expected(@Nullable Class<?> type) {
        return type == null ? "-" : type.getSimpleName();
    }

    private static String joined(String @Nullable [] methods) {
        return methods == null ? "-" : Arrays.stream(methods).sorted().collect(Collectors.joining(", "));
    }

    private static String media(java.util.List<MediaType> types) {
        return types.isEmpty() ? "-" : types.stream().map(MediaType::toString).collect(Collectors.joining(", "));
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "-" : text.lines().findFirst().orElse("-");
    }
}
