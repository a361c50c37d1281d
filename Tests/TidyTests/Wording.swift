/// A word that readers of the pages stumbled over, and the one that is used instead.
struct Wording {
    let pattern: String
    let instead: String
    let except: [String]

    init(_ pattern: String, _ instead: String, except: [String] = []) {
        self.pattern = pattern
        self.instead = instead
        self.except = except
    }

    func faults(in text: ReadText) -> [Fault] {
        guard !text.file.isUnder(except) else { return [] }
        return text.lines.flatMap { number, line in
            matches(pattern, in: line).map { found in
                Fault(
                    path: text.file.path, line: number,
                    message: "“\(found[0])”: write \(instead)")
            }
        }
    }
}

/// What people read of a file: no comments, and of programs only what they say.
struct ReadText {
    let file: SourceFile
    let lines: [(number: Int, text: String)]

    /// What is said in one language; nil where a file has nothing that people read.
    init?(_ file: SourceFile, _ language: String) {
        self.file = file
        let numbered = file.lines.enumerated().map { (number: $0 + 1, text: $1) }
        switch file.path.split(separator: ".").last {
        case "yaml" where file.isUnder(["Catalogue/", "Examples/"]):
            lines = numbered.filter {
                !$0.text.trimmingPrefix(while: \.isWhitespace).hasPrefix("#")
            }
        case "mustache": lines = numbered
        case "md" where file.path.hasSuffix("\(language == "zh" ? "zh" : "en").md"):
            lines = numbered
        case "swift" where file.isUnder(["Sources/"]):
            lines = numbered.compactMap { number, line in
                let said = matches(#"\b\#(language): "([^"\\]|\\.)*""#, in: line).map { $0[0] }
                return said.isEmpty ? nil : (number, said.joined())
            }
        default: return nil
        }
    }
}

/// Chinese that is bookkeeping, jargon or not written so, and what officials write.
let chineseWording = [
    Wording("记账|(?<!登)记一条", "填报、新增记录"),
    Wording("入账|在账上", "提交"),
    Wording("冲销", "作废"),
    Wording("应办", "待办、应完成"),
    Wording("算法", "计算方法"),
    Wording("(?<!统计)口径", "指标含义，或统计口径"),
    Wording("台账位置", "数据截至……（第……条）"),
    Wording("不单独公开", "数值较小，不予公开"),
    Wording("本级直接登记", "区本级、本级"),
    Wording("结账", "填报截止"),
    Wording("(?<!逾期)补记", "逾期补报"),
    Wording("办到单位|已办/", "已完成单位、完成数"),
    Wording("放行", "审核通过"),
    Wording("整体延续|逐条划归", "整体并入、分别划入"),
    Wording("按当时区划|按现行区划", "按事发时区划、按调整后区划"),
    Wording("记录种类", "填报事项"),
    Wording("(?<!任)何人|何事[^查]", "操作人、操作"),
    Wording("目录版本", "配置版本"),
    Wording("封存", "密封"),
    Wording("账户", "账号"),
    Wording("应到人次|实到人次", "应到人数、实到人数", except: ["Catalogue/indicators/"]),
    Wording("来历", "登记信息"),
    Wording("排行榜|得分", "各单位情况"),
    Wording("预警", "逾期几天"),
    Wording("！", "句号"),
    Wording("[一-鿿][,;:?!](?=[一-鿿])", "全角标点"),
    Wording("[一-鿿]\"(?=[一-鿿])|(?<=[一-鿿])\"[一-鿿]", "“”"),
]

/// English that was translated by rule, and plain English.
let englishWording = [
    Wording(#"\b[Rr]eckon\w*"#, "count or calculate"),
    Wording(#"\b[Mm]end(s|ed|ing)?\b"#, "correct"),
    Wording(#"(?<!/)\b[Mm]echanisms?\b(?!/)"#, "work items", except: ["docs/", "Sources/"]),
    Wording("What became of it", "Corrections"),
    Wording("What is due", "Tasks due"),
    Wording(#"\bof the form “"#, "of the type"),
    Wording(#"\b(he|him|his|she|hers)\b"#, "they"),
    Wording("[Ll]edger position", "as of a record"),
    Wording(#"\b(was|were|been|is) reversed\b"#, "voided"),
]
