package dev.tenon.web.data;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.RecordSession;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleModels;
import dev.tenon.web.model.VisibleObject;
import dev.tenon.web.security.RequestCaller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What there is, as far as the caller may know: the menu, the objects, and all it takes to draw one. */
@RestController
class ModelController {

    private final RequestCaller caller;
    private final VisibleModels models;

    ModelController(RequestCaller caller, VisibleModels models) {
        this.caller = caller;
        this.models = models;
    }

    @GetMapping("/api/apps")
    List<Map<String, @Nullable Object>> apps() {
        RecordSession session = caller.records();
        VisibleModel visible = models.of(session);
        Locale locale = session.identity().user().locale();
        List<Map<String, @Nullable Object>> apps = new ArrayList<>(named(session.model(), visible, locale));
        more(session.model(), visible, locale).ifPresent(apps::add);
        return apps;
    }

    private static List<Map<String, @Nullable Object>> named(Model model, VisibleModel visible, Locale locale) {
        return model.apps().stream()
                .map(app -> {
                    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                    entry.put("name", app.name());
                    entry.put("label", app.label().in(locale));
                    entry.put(
                            "objects",
                            app.objects().stream()
                                    .filter(visible.objects()::containsKey)
                                    .map(name -> named(visible.require(name), locale))
                                    .toList());
                    return entry;
                })
                .filter(entry -> entry.get("objects") instanceof List<?> objects && !objects.isEmpty())
                .toList();
    }

    /** Objects that the customer has made and put into no app: nobody would find them without an entry of their own. */
    private static Optional<Map<String, @Nullable Object>> more(Model model, VisibleModel visible, Locale locale) {
        Set<String> placed =
                model.apps().stream().flatMap(app -> app.objects().stream()).collect(Collectors.toSet());
        List<Map<String, @Nullable Object>> objects = visible.objects().values().stream()
                .filter(object -> object.type().origin().equals("custom") && !placed.contains(object.name()))
                .map(object -> named(object, locale))
                .toList();
        if (objects.isEmpty()) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", "_more");
        entry.put("label", locale.getLanguage().equals("zh") ? "更多" : "More");
        entry.put("objects", objects);
        return Optional.of(entry);
    }

    @GetMapping("/api/objects")
    List<Map<String, @Nullable Object>> objects() {
        RecordSession session = caller.records();
        Locale locale = session.identity().user().locale();
        return models.of(session).objects().values().stream()
                .map(object -> {
                    Map<String, @Nullable Object> entry = named(object, locale);
                    entry.put("origin", object.type().origin());
                    return entry;
                })
                .toList();
    }

    @GetMapping("/api/objects/{name}")
    Map<String, @Nullable Object> object(@PathVariable String name) {
        RecordSession session = caller.records();
        VisibleModel visible = models.of(session);
        return new Description(
                        visible,
                        visible.require(name),
                        session.identity().permissionSets(),
                        session.identity().user().locale())
                .write();
    }

    private static Map<String, @Nullable Object> named(VisibleObject object, Locale locale) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", object.name());
        entry.put("label", object.type().label().in(locale));
        entry.put("pluralLabel", object.type().pluralLabel().in(locale));
        return entry;
    }
}
