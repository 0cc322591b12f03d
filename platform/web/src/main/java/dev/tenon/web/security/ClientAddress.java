package dev.tenon.web.security;

import java.util.function.Supplier;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Where the thread's request comes from; empty where the platform works by itself. */
public final class ClientAddress implements Supplier<String> {

    private static final int MOST_CHARS = 100;

    @Override
    public String get() {
        String address = RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                ? request.getRequest().getRemoteAddr()
                : null;
        if (address == null) {
            return "";
        }
        return address.length() <= MOST_CHARS ? address : address.substring(0, MOST_CHARS);
    }
}
