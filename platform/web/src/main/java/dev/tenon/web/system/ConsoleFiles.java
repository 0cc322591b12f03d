package dev.tenon.web.system;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * The console's files. It is one page that shows every address by itself, so an address that is no file is that page;
 * but what belongs to an API is never.
 */
@Configuration(proxyBeanMethods = false)
@Order(1)
class ConsoleFiles implements WebMvcConfigurer {

    private static final String FILES = "classpath:/META-INF/resources/";
    private static final List<String> NOT_PAGES =
            List.of("api/", "odata/", "oauth2/", "actuator/", "errors/", "assets/", ".well-known/", "login", "logout");

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        // Built files carry a hash of their content in their names.
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(FILES + "assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(FILES)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(true)
                .addResolver(new PathResourceResolver() {
                    @Override
                    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
                        Resource file = path.isEmpty() ? null : super.getResource(path, location);
                        if (file != null) {
                            return file;
                        }
                        // Files lie at the top or in assets; deeper down a dot is part of a name in an address.
                        boolean page = NOT_PAGES.stream().noneMatch(path::startsWith)
                                && (path.indexOf('.') < 0 || path.indexOf('/') > 0);
                        return page ? super.getResource("index.html", location) : null;
                    }
                });
    }
}
