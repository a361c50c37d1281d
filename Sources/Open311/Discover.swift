import Core
import Hummingbird
import Requests
import Web

/// GET /open311/v2/discovery.xml and .json. For everybody: where the interface is, and in which
/// formats it answers.
struct Discover: Sendable {
    let report: GeoReport
    let format: GeoFormat

    /// When what the interface answers last changed its form.
    private static let changeset = "2026-11-30T00:00:00+08:00"

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await report.answer(format, context) {
            let words = report.site.words(context)
            let base = Address("open311", "v2")
            let url = report.site.absolute(base, request) ?? base.text
            return GeoAnswer(
                "discovery",
                .object([
                    ("changeset", .text(Self.changeset)),
                    ("contact", .text(words["open311_contact"])),
                    ("key_service", .text(words["open311_keys"])),
                    (
                        "endpoints",
                        .list([endpoint(url)], of: "endpoint")
                    ),
                ]))
        }
    }

    private func endpoint(_ url: String) -> GeoNode {
        .object([
            ("specification", .text("http://wiki.open311.org/GeoReport_v2")),
            ("url", .text(url)), ("changeset", .text(Self.changeset)),
            ("type", .text("production")),
            (
                "formats",
                .list(
                    GeoFormat.allCases.map { .text(String($0.type.prefix { $0 != ";" })) },
                    of: "format")
            ),
        ])
    }
}

/// GET /open311/v2/services.xml and .json. For everybody: what may be asked for.
struct ListServices: Sendable {
    let report: GeoReport
    let format: GeoFormat

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await report.answer(format, context) {
            let (requests, language) = (report.requests, context.language)
            return GeoAnswer(
                "services",
                .list(
                    requests.services.offered(on: report.today).map { service in
                        .object([
                            ("service_code", .text(service.id)),
                            ("service_name", .text(service.name[language])),
                            ("description", .text((service.about ?? service.name)[language])),
                            ("metadata", .flag(!service.questions.isEmpty)),
                            ("type", .text("realtime")),
                            ("keywords", .text(service.said.joined(separator: ","))),
                            ("group", .text(requests.group(of: service)?[language])),
                        ])
                    }, of: "service"))
        }
    }
}

/// GET /open311/v2/services/CODE.xml and .json. For everybody: what one service asks beside a
/// place and words.
struct ShowDefinition: Sendable {
    let report: GeoReport

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await report.answer(file: try context.word("file"), context) { code in
            let service = try report.requests.offered(code)
            let language = context.language
            return GeoAnswer(
                "service_definition",
                .object([
                    ("service_code", .text(service.id)),
                    (
                        "attributes",
                        .list(
                            service.questions.enumerated().map { place, question in
                                attribute(question, place + 1, language)
                            }, of: "attribute")
                    ),
                ]))
        }
    }

    private func attribute(
        _ question: ServiceQuestion, _ order: Int, _ language: Language
    ) -> GeoNode {
        let type =
            switch question.form {
            case .text: "text"
            case .number: "number"
            case .choice: "singlevaluelist"
            }
        return .object([
            ("variable", .flag(true)), ("code", .text(question.id)), ("datatype", .text(type)),
            ("required", .flag(question.isRequired)), ("datatype_description", .text(nil)),
            ("order", .number(order)), ("description", .text(question.ask[language])),
            (
                "values",
                .list(
                    question.options.map { option in
                        .object([
                            ("key", .text(option.id)), ("name", .text(option.name[language])),
                        ])
                    }, of: "value")
            ),
        ])
    }
}
