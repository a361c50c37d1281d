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
    /// Who reads or writes: a visitor until the door of the accounts has found their session.
    package var reader: Reader = .visitor
    /// Whether who reads may read records one by one as far as their rights go: not with a key that
    /// was made for figures alone.
    package var readsRecords = true
    /// How far the audit had come when the request's session was read; nil for a visitor, who has
    /// none.
    package var head: Audit.Head?
    /// How many things wait for the reader behind entries of the header, by their paths.
    package var waiting: [String: Int] = [:]
    /// What the reader's forms are bound to.
    package var formSeed = FormSeed(key: .random(), seed: "")
    /// The address the request came from, for limits; never logged and never kept.
    package var client = ""
    /// The address at the other end of the connection: the sender's, or a proxy's.
    package let peer: String
    /// The connection the request came over.
    package var connection: Connections.Number?
    package var now: @Sendable () -> Moment = Moment.now
    /// What the request sent in a form, for the page that refuses it.
    package let sent = SentForm()
    /// What the browser asked for, for links that lead back to the same page.
    package var address = Address()

    package init(source: ApplicationRequestContextSource) {
        self.coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? ""
        client = peer
        connection = ObjectIdentifier(source.channel)
    }

    package var actor: Actor { reader.actor }

    /// The account of whoever is signed in; for anyone else there is no such page.
    package func requireAccount() throws(Refusal) -> AccountID {
        guard let account = reader.account else { throw .notFound }
        return account
    }

    package var maxUploadSize: Int { Limits.uploadBytes }

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
            !text.isEmpty, text.unicodeScalars.count <= Limits.valueCharacters,
            text.unicodeScalars.allSatisfy(Query.isPlain)
        else { throw .notFound }
        return text
    }
}
