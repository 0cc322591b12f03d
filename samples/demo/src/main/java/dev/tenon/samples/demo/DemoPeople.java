package dev.tenon.samples.demo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The people of the demo's customers. Everybody has the same password, which only a demo may do. */
final class DemoPeople {

    static final String PASSWORD = "tenon-demo";

    /** What somebody does at the customer. */
    enum Role {
        ADMINISTRATOR("sys__administrator", "Administrator", "管理员"),
        VICE_PRESIDENT("recruiting__hrvp", "HR vice president", "人力副总裁"),
        BUSINESS_PARTNER("recruiting__hrbp", "HR business partner", "人力业务伙伴"),
        HIRING_MANAGER("recruiting__hiring_manager", "Hiring manager", "用人经理"),
        RECRUITER("recruiting__recruiter", "Recruiter", "招聘专员"),
        STORE_MANAGER("c__store_manager", "Store manager", "店长");

        final String permissionSet;
        final String english;
        final String chinese;

        Role(String permissionSet, String english, String chinese) {
            this.permissionSet = permissionSet;
            this.english = english;
            this.chinese = chinese;
        }
    }

    /** @param manager login of the person's manager */
    record Person(String login, String english, String chinese, Role role, Optional<String> manager) {}

    private static final List<Person> COMMON = List.of(
            person("admin", "Alex Admin", "安管理", Role.ADMINISTRATOR, null),
            person("vp", "Victoria Shen", "沈副总", Role.VICE_PRESIDENT, null),
            person("hrbp", "Helen Wu", "吴慧", Role.BUSINESS_PARTNER, "vp"),
            person("manager", "Martin Gao", "高明", Role.HIRING_MANAGER, "vp"),
            person("manager2", "Mia Lin", "林敏", Role.HIRING_MANAGER, "vp"),
            person("manager3", "Tom Fang", "方涛", Role.HIRING_MANAGER, "vp"),
            person("recruiter", "Rachel Zhou", "周蕾", Role.RECRUITER, "hrbp"),
            person("recruiter2", "Ryan Xu", "徐然", Role.RECRUITER, "hrbp"),
            person("recruiter3", "Rita Tang", "唐瑞", Role.RECRUITER, "hrbp"));

    private static final List<Person> STORES = List.of(
            person("store", "Sam Chen", "陈店长", Role.STORE_MANAGER, "manager"),
            person("store2", "Sara Luo", "罗店长", Role.STORE_MANAGER, "manager"));

    private DemoPeople() {}

    private static Person person(
            String login,
            String english,
            String chinese,
            Role role,
            @org.jspecify.annotations.Nullable String manager) {
        return new Person(login, english, chinese, role, Optional.ofNullable(manager));
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
