package dev.tenon.web.errors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request a number that stands in its log lines, its answer's header and its error, so that the three can be
 * brought together. A caller that traces itself (W3C {@code traceparent}) keeps its own number.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Trace extends OncePerRequestFilter {

    public static final String HEADER = "X-Trace-Id";
    private static final String KEY = "traceId";
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Number of the thread's request. */
    public static String current() {
        String id = MDC.get(KEY);
        return id == null ? "-" : id;
    }

    /** A number for what the thread does without a request, until {@link #end}. */
    public static void begin() {
        MDC.put(KEY, random());
    }

    public static void end() {
        MDC.remove(KEY);
    }

    private static String random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = id(request);
        MDC.put(KEY, id);
        response.setHeader(HEADER, id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.clear();
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    private static String id(HttpServletRequest request) {
        Object given = request.getAttribute(HEADER);
        if (given instanceof String earlier) {
            return earlier;
        }
        String parent = request.getHeader("traceparent");
        Matcher matcher = parent == null ? null : TRACEPARENT.matcher(parent);
        String id = matcher != null && matcher.matches() ? matcher.group(1) : random();
        request.setAttribute(HEADER, id);
        return id;
    }
}
