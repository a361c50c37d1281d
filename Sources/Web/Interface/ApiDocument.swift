import Core

/// The document that describes the interface, as OpenAPI 3.1 has it, made of the routes.
struct ApiDocument {
    private let api: Api
    private let title: Wording
    private let language: Language

    init(_ api: Api, title: Wording, _ language: Language) {
        self.api = api
        self.title = title
        self.language = language
    }

    /// Grows by a number in the middle where something was added, and is another root's where
    /// anything means something else.
    private static let version = "1.0.0"

    var members: [JSON.Member] {
        [
            JSON.Member("openapi", "3.1.0"),
            JSON.Member(
                "info",
                ["title": .text(title[language]), "version": .text(Self.version)]),
            JSON.Member("servers", [["url": "/"]]),
            JSON.Member("security", [[:], ["key": []]]),
            JSON.Member(
                "paths",
                .object(
                    api.routes.map { JSON.Member($0.address, ["get": operation($0)]) }
                        + [JSON.Member(Api.root + "/" + Api.document, ["get": own])])),
            JSON.Member(
                "components",
                [
                    "schemas": .object(
                        (api.components + [("Problem", Problem.schema)]).map {
                            JSON.Member($0.name, $0.schema.json(language))
                        }),
                    "responses": .object(refusals),
                    "securitySchemes": [
                        "key": ["type": "http", "scheme": "bearer"]
                    ],
                ]),
        ]
    }

    private func operation(_ route: ApiRoute) -> JSON {
        [
            "operationId": .text(route.name), "summary": .text(route.words[language]),
            "parameters": .list(route.parameters.map { $0.json(language) }),
            "responses": responses(route.answer.json(language)),
        ]
    }

    /// The document itself.
    private var own: JSON {
        [
            "operationId": "openapi",
            "summary": .text(
                Wording(zh: "本接口的说明。", en: "This description of the interface.")[language]),
            "parameters": [ApiParameter.language.json(language)],
            "responses": responses(["type": "object"]),
        ]
    }

    private func responses(_ schema: JSON) -> JSON {
        .object(
            [
                JSON.Member(
                    "200",
                    [
                        "description": .text(
                            Wording(zh: "所问的内容。", en: "What was asked for.")[language]),
                        "headers": [
                            "ETag": ["schema": ["type": "string"]],
                            "Link": ["schema": ["type": "string"]],
                        ],
                        "content": ["application/json": ["schema": schema]],
                    ]),
                JSON.Member(
                    "304",
                    [
                        "description": .text(
                            Wording(zh: "内容没有变化。", en: "Nothing has changed.")[language])
                    ]),
            ]
                + Problem.statuses.map {
                    JSON.Member(
                        String($0.code),
                        ["$ref": .text("#/components/responses/\($0.code)")])
                })
    }

    private var refusals: [JSON.Member] {
        Problem.statuses.map { status in
            JSON.Member(
                String(status.code),
                [
                    "description": .text(status.reasonPhrase),
                    "content": [
                        Problem.type: ["schema": ["$ref": "#/components/schemas/Problem"]]
                    ],
                ])
        }
    }
}
