package dev.tenon.samples.demo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The people of the demo's customers. Everybody has the same password, which only a demo may do. */
final class DemoPeople {

    static final String PASSWORD = "tenon-demo";

    /** @param manager login of the person's manager */
    record Person(String login, String english, String chinese, String permissionSet, Optional<String> manager) {}

    private static final List<Person> COMMON = List.of(
            person("admin", "Alex Admin", "安管理", "sys__administrator", null),
            person("vp", "Victoria Shen", "沈副总", "recruiting__hrvp", null),
            person("hrbp", "Helen Wu", "吴慧", "recruiting__hrbp", "vp"),
            person("manager", "Martin Gao", "高明", "recruiting__hiring_manager", "vp"),
            person("manager2", "Mia Lin", "林敏", "recruiting__hiring_manager", "vp"),
            person("manager3", "Tom Fang", "方涛", "recruiting__hiring_manager", "vp"),
            person("recruiter", "Rachel Zhou", "周蕾", "recruiting__recruiter", "hrbp"),
            person("recruiter2", "Ryan Xu", "徐然", "recruiting__recruiter", "hrbp"),
            person("recruiter3", "Rita Tang", "唐瑞", "recruiting__recruiter", "hrbp"));

    private static final List<Person> STORES = List.of(
            person("store", "Sam Chen", "陈店长", "c__store_manager", "manager"),
            person("store2", "Sara Luo", "罗店长", "c__store_manager", "manager"));

    private DemoPeople() {}

    private static Person person(
            String login,
            String english,
            String chinese,
            String set,
            @org.jspecify.annotations.Nullable String manager) {
        return new Person(login, english, chinese, set, Optional.ofNullable(manager));
    }

    /** The standard customer works in English, the supermarket chain in Chinese. */
    static List<Person> of(String tenant) {
        return tenant.equals(DemoSetup.MARKET)
                ? java.util.stream.Stream.concat(COMMON.stream(), STORES.stream())
                        .toList()
                : COMMON;
    }

    static Locale locale(String tenant) {
        return tenant.equals(DemoSetup.MARKET) ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
    }
}
