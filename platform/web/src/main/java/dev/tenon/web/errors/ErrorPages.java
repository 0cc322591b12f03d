package dev.tenon.web.errors;

import dev.tenon.web.Html;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The pages that the {@code type} of problem details points to: an error's text in both languages. */
@RestController
class ErrorPages {

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z0-9-]+");
    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    @GetMapping("/errors/{code}")
    ResponseEntity<String> page(@PathVariable String code) {
        String english = CODE.matcher(code).matches() ? text(code, Locale.ENGLISH) : null;
        if (english == null) {
            return ResponseEntity.status(404)
                    .contentType(HTML)
                    .body(Html.page(
                            "en",
                            "Unknown error code / 未知错误代码",
                            "<p>This server does not know the code. It may belong to a plugin, which explains its codes"
                                    + " itself.</p><p lang=\"zh-CN\">本服务器不认识此代码。它可能属于某个插件，请参阅该插件的说明。</p>"));
        }
        String chinese = text(code, Locale.SIMPLIFIED_CHINESE);
        return ResponseEntity.ok()
                .contentType(HTML)
                .body(Html.page(
                        "en",
                        code,
                        "<h2>English</h2><p>" + Html.text(english)
                                + "</p><h2 lang=\"zh-CN\">简体中文</h2><p lang=\"zh-CN\">"
                                + Html.text(chinese == null ? english : chinese) + "</p>"));
    }

    private static @Nullable String text(String code, Locale locale) {
        int dot = code.indexOf('.');
        try {
            return ResourceBundle.getBundle(
                            "tenon.errors." + code.substring(0, dot),
                            locale,
                            ErrorPages.class.getClassLoader(),
                            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                    .getString(code.substring(dot + 1))
                    // What is left out when there is nothing to fill in is shown here.
                    .replaceAll("\\[([^\\[\\]]*\\{[^\\[\\]]*)]", "$1");
        } catch (MissingResourceException unknown) {
            return null;
        }
    }
}
