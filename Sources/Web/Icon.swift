import Foundation

/// The drawings that stand beside words, each named for what it means; its file in Debian's
/// package follows.
///
/// A template names one as a partial: `{{>icon/search}}`. One that is not here stops the start.
package enum Icon: String, CaseIterable, Sendable {
    case accounts = "people"
    case add = "plus-circle"
    case asking = "chat-left-text"
    case audit = "journal-check"
    case calendar = "calendar3"
    case cases = "signpost-split"
    case catalogue = "book"
    case compare = "table"
    case confirmations = "check2-square"
    case copy = "files"
    case correct = "pencil"
    case desk = "inbox"
    case done = "check-circle"
    case download = "download"
    case dues = "alarm"
    case elder = "fonts"
    case entries = "pencil-square"
    case fault = "exclamation-triangle"
    case figures = "bar-chart-line"
    case first = "chevron-double-left"
    case grants = "key"
    case home = "house"
    case jobs = "gear"
    case kinds = "collection"
    case language = "translate"
    case messages = "bell"
    case mine = "person-circle"
    case myData = "person-vcard"
    case next = "chevron-right"
    case persons = "person-rolodex"
    case procedures = "list-ol"
    case previous = "chevron-left"
    case releases = "unlock"
    case reports = "file-earmark-text"
    case requests = "telephone-inbound"
    case rights = "shield-check"
    case sealed = "lock"
    case sealedLists = "card-checklist"
    case search = "search"
    case signIn = "box-arrow-in-right"
    case signOut = "box-arrow-right"
    case subscribe = "calendar-plus"
    case themes = "grid-1x2"
    case undo = "arrow-counterclockwise"
    case units = "diagram-3"
    case uploads = "upload"

    /// What templates call it.
    var partial: String { "icon/\(self)" }

    /// The markup of the drawing in a file of all. Who cannot see it has the word beside it.
    func html(in sheet: String) -> String {
        "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"\(sheet)#\(self)\"/></svg>"
    }
}

/// All icons in one file, so that a browser fetches them once.
struct IconSheet {
    let text: String

    /// Puts together what Debian's package has in single files.
    init(folder: String) throws(SetupFault) {
        var text = "<svg xmlns=\"http://www.w3.org/2000/svg\">\n"
        for icon in Icon.allCases {
            let path = "\(folder)/\(icon.rawValue).svg"
            guard let drawing = IconSheet.drawing(path) else {
                throw SetupFault([
                    "\(path) is missing: install the package bootstrap-icons, which brings the"
                        + " drawings beside the words"
                ])
            }
            text += "<symbol id=\"\(icon)\" viewBox=\"0 0 16 16\">\(drawing)</symbol>\n"
        }
        self.text = text + "</svg>\n"
    }

    /// What stands inside the outermost element; nil when the file is not there or is no drawing.
    private static func drawing(_ path: String) -> Substring? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let open = text.firstIndex(of: ">"),
            let close = text.range(of: "</svg>", options: .backwards)
        else { return nil }
        return text[text.index(after: open)..<close.lowerBound]
    }
}
