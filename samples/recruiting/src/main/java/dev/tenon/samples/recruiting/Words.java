package dev.tenon.samples.recruiting;

import java.util.List;

/** What demo records are made of. */
final class Words {

    static final List<String> FAMILY_NAMES_ZH = List.of(
            "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁",
            "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "欧阳", "司马",
            "上官", "诸葛");
    static final List<String> GIVEN_NAMES_ZH = List.of(
            "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英", "霞", "平", "刚",
            "桂英", "建华", "文博", "子涵", "雨桐", "浩然", "梓萱", "思远", "嘉怡", "一鸣", "晓东", "雪梅", "志强", "海燕", "国庆", "佳琪", "俊杰", "梦瑶",
            "天宇");
    static final List<String> FAMILY_NAMES_EN = List.of(
            "Anderson",
            "Baker",
            "Clark",
            "Davies",
            "Evans",
            "Foster",
            "Garcia",
            "Harris",
            "Ivanov",
            "Johnson",
            "Kim",
            "Lewis",
            "Martin",
            "Nguyen",
            "O'Brien",
            "Patel",
            "Quinn",
            "Rossi",
            "Schmidt",
            "Taylor",
            "Umar",
            "Vargas",
            "Wilson",
            "Young",
            "Zhao");
    static final List<String> GIVEN_NAMES_EN = List.of(
            "Alice", "Ben", "Carla", "Daniel", "Emma", "Felix", "Grace", "Henry", "Isabel", "Jack", "Kate", "Liam",
            "Maria", "Noah", "Olivia", "Paul", "Rachel", "Sam", "Tina", "Victor");
    static final List<String> CITIES =
            List.of("上海", "北京", "广州", "深圳", "杭州", "成都", "武汉", "南京", "西安", "苏州", "Singapore", "London");
    static final List<String> COMPANIES = List.of(
            "云帆科技",
            "蓝湖软件",
            "恒通物流",
            "嘉禾食品",
            "星河传媒",
            "东方零售",
            "瑞安医疗",
            "海纳咨询",
            "Northwind Labs",
            "Blue Harbour",
            "Granite Retail",
            "Silverline Foods");
    static final List<String> SOURCES =
            List.of("jobBoard", "jobBoard", "jobBoard", "referral", "campus", "headhunter", "walkIn");
    static final List<String> EDUCATION =
            List.of("secondary", "college", "bachelor", "bachelor", "bachelor", "master", "doctorate");
    static final List<String> REJECTIONS =
            List.of("经验与岗位要求不符", "薪资期望过高", "面试未通过", "Position was filled", "Missing qualification");
    static final List<String> FEEDBACK = List.of(
            "沟通清晰，对业务理解到位。",
            "基础扎实，需要补充管理经验。",
            "与岗位匹配度一般。",
            "Strong problem solving, clear communication.",
            "Good fit for the team; reference check recommended.");
    static final List<String> APPROVER_COMMENTS = List.of(
            "同意，该候选人符合岗位要求。", "薪资在预算范围内，同意录用。", "请尽快安排入职。", "Agreed, within budget.", "A good addition to the team.");
    static final List<String> OBJECTIONS = List.of("薪资超出预算，请重新评估。", "Please check the start date with the team again.");

    /** A position to fill: title, department, lower and upper end of the monthly salary. */
    record Job(String title, String department, int low, int high) {}

    static final List<Job> JOBS = List.of(
            new Job("Java 开发工程师", "engineering", 18000, 35000),
            new Job("前端开发工程师", "engineering", 16000, 30000),
            new Job("测试工程师", "engineering", 12000, 22000),
            new Job("数据分析师", "engineering", 15000, 28000),
            new Job("Engineering manager", "engineering", 35000, 60000),
            new Job("大客户销售经理", "sales", 15000, 32000),
            new Job("渠道销售代表", "sales", 9000, 16000),
            new Job("Sales director", "sales", 38000, 65000),
            new Job("物流主管", "operations", 11000, 18000),
            new Job("采购专员", "operations", 8000, 13000),
            new Job("Supply chain manager", "operations", 22000, 38000),
            new Job("财务经理", "finance", 18000, 32000),
            new Job("会计", "finance", 8000, 14000),
            new Job("薪酬专员", "humanResources", 9000, 15000),
            new Job("Training specialist", "humanResources", 10000, 17000),
            new Job("门店店长", "stores", 9000, 15000),
            new Job("生鲜主管", "stores", 6500, 9500),
            new Job("收银员", "stores", 4200, 6000),
            new Job("理货员", "stores", 4200, 5600),
            new Job("Visual merchandiser", "stores", 6000, 9000));

    private Words() {}
}
