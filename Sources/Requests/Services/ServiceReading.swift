import Catalogue
import Core

extension Service {
    /// The first day of a service that says none: before any district began.
    private static let beginning = Day(number: 0)

    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        file = mapping.file
        line = mapping.line
        if !isName(id) {
            mapping.fault("a service is named with a-z, 0-9 and _, not “\(id)”")
        }
        group = mapping.requiredText("group")
        category = mapping.requiredText("category")
        name = mapping.wording("name")
        about = mapping.has("about") ? mapping.wording("about") : nil
        said = mapping.words("said")
        severity = mapping.requiredText("severity")
        needsContact = mapping.says("contact", "required", or: "optional")
        isListed = mapping.flag("listed")
        from = mapping.day("from") ?? Self.beginning
        until = mapping.day("until")
        questions = mapping.entries("questions").map(ServiceQuestion.init)
        routes = mapping.items("routes").compactMap(ServiceRoute.init)
        if routes.isEmpty { mapping.fault("“routes” says where it begins", at: "routes") }
        if let until, until <= from { mapping.fault("“until” must come after “from”", at: "until") }
        if questions.count > FilingLimits.questions {
            mapping.fault(
                "a service asks at most \(FilingLimits.questions) questions", at: "questions")
        }
        mapping.close()
    }
}

extension ServiceQuestion {
    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        if !isName(id) {
            mapping.fault("a question is named with a-z, 0-9 and _, not “\(id)”")
        }
        ask = mapping.wording("ask")
        form = mapping.choice("type", Form.self, default: .text)
        isRequired = mapping.flag("required")
        options = mapping.entries("options").map { Option($0.name, $0.mapping) }
        if (form == .choice) == options.isEmpty {
            mapping.fault("“options” are given for a choice and for nothing else", at: "options")
        }
        mapping.close()
    }
}

extension ServiceQuestion.Option {
    fileprivate init(_ id: String, _ mapping: Mapping) {
        self.id = id
        if !isName(id) { mapping.fault("an answer is named with a-z, 0-9 and _, not “\(id)”") }
        name = mapping.wording("name")
        severity = mapping.text("severity")
        stops = mapping.text("stops")
        mapping.close()
    }
}

extension ServiceRoute {
    init?(_ mapping: Mapping) {
        guard let from = mapping.day("from") else {
            if !mapping.has("from") { mapping.fault("“from” is missing") }
            return nil
        }
        self.from = from
        until = mapping.day("until")
        tier = mapping.requiredText("tier")
        unit = mapping.text("unit")
        places = mapping.words("places")
        file = mapping.file
        line = mapping.line
        if let until, until <= from { mapping.fault("“until” must come after “from”", at: "until") }
        mapping.close()
    }
}

extension ServiceGroup {
    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        name = Wording(zh: mapping.requiredText("zh"), en: mapping.requiredText("en"))
        mapping.close()
    }
}

extension Stopper {
    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        name = mapping.wording("name")
        tells = mapping.wording("tells")
        said = mapping.words("said")
        mapping.close()
    }
}
