import App
import Catalogue
import Foundation
import Synchronization

/// The files of the project that every district of a test begins with, read once in a run: to read
/// them is most of what a small test takes. Tests about reading them do it themselves.
enum OnceRead {
    static let catalogue = Result { try Catalogue(folders: [TestDistrict.home.catalogue]) }

    /// The first server of a district without a catalogue of its own, for its words and templates.
    static let server = Mutex<Server?>(nil)

    static func keep(_ server: Server, of folder: DataFolder) {
        guard !FileManager.default.fileExists(atPath: folder.catalogue) else { return }
        self.server.withLock { $0 = $0 ?? server }
    }
}
