import Core
import Foundation
import Hummingbird

/// What is known of one request while it is answered. It lives no longer than the request.
package struct AppContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The language the reader gets, settled by `ReaderChoice` before anything can be refused.
    package var language: Language = .zh
    /// Larger text, wider targets, more space: the 长辈版.
    package var isElder = false
    /// Nobody signs in yet, so every request is a visitor's.
    package var actor: Actor = .visitor
    /// What the browser asked for, for links that lead back to the same page.
    package var address = Address()

    package init(source: ApplicationRequestContextSource) {
        self.coreContext = CoreRequestContextStorage(source: source)
    }

    package var maxUploadSize: Int { Limits.bodyBytes }

    /// How wide a chart's labels may be in the reader's letters.
    package var labelWidth: Int {
        isElder ? BarChart.elderLabelWidth : BarChart.labelWidth
    }

    /// An identity in the address. One that cannot be is not found, like one that is not there.
    package func id<Thing>(_ name: String, of thing: Thing.Type) throws(Refusal) -> ID<Thing> {
        guard let text = parameters.get(name), let id = ID<Thing>(text) else {
            throw .notFound
        }
        return id
    }

    /// A code or key in the address, such as a unit's code or an indicator's id.
    package func word(_ name: String) throws(Refusal) -> String {
        guard let raw = parameters.get(name), let text = raw.removingPercentEncoding,
            !text.isEmpty, text.count <= Limits.valueCharacters,
            text.unicodeScalars.allSatisfy(Query.isPlain)
        else { throw .notFound }
        return text
    }
}
