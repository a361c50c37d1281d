import Core
import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// The files of uploads on the disk, each encrypted and bound to its own name, in one folder for
/// each upload. Without the district's key they are noise.
package struct UploadFolder: Sendable {
    package let path: String
    private let key: SecretKey

    package init(_ path: String, key: SecretKey) {
        self.path = path
        self.key = key
    }

    /// What is kept of one file of an upload.
    package enum Part: Sendable, Hashable {
        /// The file as it came.
        case file
        /// A page of verdicts, of all rows or of those with problems.
        case rows(Int)
        case wrongRows(Int)
        /// Why the file could not be read or published.
        case note

        fileprivate var name: String {
            switch self {
            case .file: "file"
            case .rows(let page): "rows-\(page)"
            case .wrongRows(let page): "wrong-\(page)"
            case .note: "note"
            }
        }
    }

    package func keep(
        _ bytes: [UInt8], as part: Part, of upload: Upload.ID, _ file: UploadedFile.ID
    ) throws {
        let name = file.text + "-" + part.name
        let folder = path + "/" + upload.text
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let sealed = try key.seal(bytes, for: upload.text + "/" + name)
        try Self.write(sealed, to: folder + "/" + name)
    }

    /// What was kept; nil when there is none.
    ///
    /// - Throws: `Refusal.conflict` when it was changed on the disk.
    package func read(
        _ part: Part, of upload: Upload.ID, _ file: UploadedFile.ID
    ) throws -> [UInt8]? {
        let name = file.text + "-" + part.name
        guard
            let data = FileManager.default.contents(
                atPath: path + "/" + upload.text + "/" + name)
        else { return nil }
        do {
            return try key.open(Array(data), for: upload.text + "/" + name)
        } catch {
            throw Refusal.conflict(
                zh: "服务器上保存的文件已损坏，请重新上传。",
                en: "The file kept on the server is damaged. Upload it again.")
        }
    }

    /// Removes everything of an upload.
    package func remove(_ upload: Upload.ID) {
        try? FileManager.default.removeItem(atPath: path + "/" + upload.text)
    }

    /// Removes what belongs to one file of an upload, or only its verdicts.
    package func remove(
        _ upload: Upload.ID, _ file: UploadedFile.ID, verdictsOnly: Bool = false
    ) {
        let folder = path + "/" + upload.text
        let prefix = file.text + "-"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasPrefix(prefix) && !(verdictsOnly && name == prefix + Part.file.name) {
            try? FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }

    /// The uploads that have a folder, with the moment each was last written to.
    package func list() -> [(id: Upload.ID, at: Moment)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap { name in
            guard let id = Upload.ID(name),
                let date = try? FileManager.default.attributesOfItem(
                    atPath: path + "/" + name)[.modificationDate] as? Foundation.Date
            else { return nil }
            return (id, Moment(milliseconds: Int64(date.timeIntervalSince1970 * 1000)))
        }
    }

    /// Writes bytes and waits until the disk has them.
    ///
    /// - Throws: `Refusal.conflict` when the disk is full, in words for whoever uploads.
    package static func write(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw fault() }
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { part in
                Glibc.write(file, part.baseAddress, part.count)
            }
            guard count > 0 else {
                let fault = fault()
                close(file)
                unlink(path)
                throw fault
            }
            start += count
        }
        let isSafe = fsync(file) == 0 || errno == EINVAL
        let fault = fault()
        close(file)
        guard isSafe else {
            unlink(path)
            throw fault
        }
    }

    private static func fault() -> any Error {
        switch errno {
        case ENOSPC, EDQUOT, EFBIG:
            return Refusal.conflict(
                zh: "服务器磁盘已满，文件没有保存。请联系系统管理员，稍后再上传。",
                en: "The server's disk is full, and the file was not kept. Tell the administrator "
                    + "and upload it later.")
        default:
            return UnwrittenFile(code: errno)
        }
    }
}

/// A file could not be written, for a reason nobody who uploads can mend.
struct UnwrittenFile: Error {
    let code: Int32
}
