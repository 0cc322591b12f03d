package dev.tenon.web.data;

import dev.tenon.tenancy.identity.EventStore.Entry;
import dev.tenon.tenancy.identity.EventStore.Event;
import dev.tenon.tenancy.identity.LoginStore.Session;
import dev.tenon.tenancy.identity.TokenScope;
import dev.tenon.tenancy.identity.TokenStore.StoredToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions, tokens and events as they are told, to their person and to administrators. */
public final class IdentityViews {

    private IdentityViews() {}

    /** @param here the name of the session that the request is part of */
    public static Map<String, @Nullable Object> of(Session session, String here) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("id", session.id());
        told.put("address", session.address());
        told.put("device", session.device());
        told.put("createdAt", session.createdAt());
        told.put("seenAt", session.seenAt());
        told.put("current", session.id().equals(here));
        return told;
    }

    public static Map<String, @Nullable Object> of(StoredToken token) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("id", token.id());
        all.put("name", token.name());
        all.put("scopes", token.scopes().stream().map(TokenScope::word).sorted().toList());
        all.put("createdAt", token.createdAt());
        all.put("expiresAt", token.expiresAt());
        all.put("lastUsedAt", token.lastUsedAt());
        return all;
    }

    /** With what to ask for to go on, where there may be more. */
    public static Map<String, @Nullable Object> of(List<Entry> entries) {
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        for (Entry entry : entries) {
            Event event = entry.event();
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            item.put("id", entry.seq());
            item.put("at", event.at());
            item.put("kind", event.kind().name());
            item.put("actor", event.actorName());
            item.put("user", event.userName());
            item.put("userId", event.user());
            item.put("address", event.address());
            item.put("detail", event.detail());
            items.add(item);
        }
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("items", items);
        told.put("before", entries.isEmpty() ? null : entries.getLast().seq());
        return told;
    }
}
