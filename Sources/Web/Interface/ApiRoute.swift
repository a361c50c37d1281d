import Core
import Hummingbird

/// One address of the interface: what it may be asked, what it answers, and who answers. The
/// router and the document that describes the interface are both made of it.
package struct ApiRoute: Sendable {
    /// What programs call it, in letters.
    package let name: String
    /// Below `/api/v1`, with its places in brackets: `figures/{indicator}`.
    package let path: String
    package let words: Wording
    package let parameters: [ApiParameter]
    let answer: Schema
    let isPaged: Bool
    let verb: @Sendable (ApiAsk) async throws -> ApiAnswer

    /// - Parameter isPaged: whether it is a list that is read page by page.
    package init(
        _ name: String, at path: String, _ words: Wording, _ parameters: [ApiParameter] = [],
        isPaged: Bool = false, answers members: [(name: String, schema: Schema)],
        use verb: @escaping @Sendable (ApiAsk) async throws -> ApiAnswer
    ) {
        self.name = name
        self.path = path
        self.words = words
        self.parameters =
            parameters + (isPaged ? ApiParameter.paging : []) + [ApiParameter.language]
        let next = Schema.address(
            Wording(zh: "下一页的地址；没有时为空。", en: "The address of the next page; null at the end.")
        ).orNull
        answer = .object(members + (isPaged ? [("next", next)] : []))
        self.isPaged = isPaged
        self.verb = verb
    }

    /// The whole path, as the router and the description write it.
    package var address: String { path.isEmpty ? Api.root : Api.root + "/" + path }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let ask = try ApiAsk(request, context, parameters)
        return try await verb(ask).response(to: request, context, isPaged: isPaged)
    }
}
