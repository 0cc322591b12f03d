package dev.tenon.sdk.error;

import java.util.Map;

/**
 * One of several things that are wrong with a request.
 *
 * @param code what is wrong
 * @param pointer where: a JSON pointer into the request, for example {@code /salary}; empty for the request as a whole
 * @param args values for the placeholders of the code's text
 */
public record ErrorDetail(ErrorCode code, String pointer, Map<String, Object> args) {

    public ErrorDetail {
        args = Map.copyOf(args);
    }
}
