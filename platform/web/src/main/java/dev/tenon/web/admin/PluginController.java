package dev.tenon.web.admin;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.plugin.PluginHost;
import dev.tenon.plugin.PluginStatus;
import dev.tenon.plugin.Scope;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.Packages;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.security.RequestCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Plugins: installed for the server, enabled tenant by tenant. */
@RestController
class PluginController {

    private final RequestCaller caller;
    private final PluginHost plugins;
    private final Packages packages;

    PluginController(RequestCaller caller, PluginHost plugins, Packages packages) {
        this.caller = caller;
        this.plugins = plugins;
        this.packages = packages;
    }

    @GetMapping("/api/admin/plugins")
    List<Map<String, @Nullable Object>> list() {
        Identity identity = caller.require(SystemPermission.MANAGE_PLUGINS);
        Set<String> enabled = new HashSet<>(packages.enabledPlugins(identity.tenant()));
        Locale locale = caller.locale();
        return plugins.plugins().stream()
                .map(plugin -> describe(plugin, enabled.contains(plugin.id()), locale))
                .toList();
    }

    /** A newer version of a plugin that this tenant has enabled brings its newer metadata at once. */
    @PostMapping("/api/admin/plugins")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, @Nullable Object> install(@RequestPart("file") MultipartFile file) throws IOException {
        Identity identity = caller.require(SystemPermission.MANAGE_PLUGINS);
        Path jar = Files.createTempFile("plugin-", ".jar");
        try {
            file.transferTo(jar);
            PluginStatus installed = plugins.install(jar);
            boolean enabled = packages.enabledPlugins(identity.tenant()).contains(installed.id());
            if (enabled) {
                packages.enablePlugin(identity, installed.id(), plugins.packageFiles(installed.id()))
                        .orThrow();
            }
            return describe(installed, enabled, caller.locale());
        } finally {
            Files.deleteIfExists(jar);
        }
    }

    @PostMapping("/api/admin/plugins/{id}/enable")
    Map<String, @Nullable Object> enable(@PathVariable String id) {
        Identity identity = caller.require(SystemPermission.MANAGE_PLUGINS);
        return MetadataController.published(packages.enablePlugin(identity, id, plugins.packageFiles(id)));
    }

    @PostMapping("/api/admin/plugins/{id}/disable")
    Map<String, @Nullable Object> disable(@PathVariable String id) {
        Identity identity = caller.require(SystemPermission.MANAGE_PLUGINS);
        return MetadataController.published(packages.disablePlugin(identity, id));
    }

    /** Other tenants are counted, not named. */
    @DeleteMapping("/api/admin/plugins/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id) {
        caller.require(SystemPermission.MANAGE_PLUGINS);
        int users = packages.tenantsWith(id).size();
        if (users > 0) {
            throw WebError.PLUGIN_STILL_ENABLED
                    .error()
                    .with("id", id)
                    .with("tenants", users)
                    .build();
        }
        plugins.remove(id);
    }

    private static Map<String, @Nullable Object> describe(PluginStatus plugin, boolean enabled, Locale locale) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", plugin.id());
        entry.put("version", plugin.version());
        entry.put("title", plugin.title());
        entry.put("state", plugin.state().name());
        entry.put("error", plugin.error().map(e -> text(e, locale)).orElse(null));
        entry.put("scopes", plugin.scopes().stream().map(Scope::text).sorted().toList());
        entry.put("sdkRange", plugin.sdkRange());
        entry.put("enabled", enabled);
        return entry;
    }

    private static String text(PlatformException error, Locale locale) {
        return ErrorTexts.render(error.code(), error.args(), locale);
    }
}
