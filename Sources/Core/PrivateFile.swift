import Foundation

/// A file that holds a secret: whoever else can read it makes it none.
package enum PrivateFile {
    /// What stands in the file; nil when there is none.
    ///
    /// - Throws: `Refusal.conflict`, with the file's name, when others can read it.
    package static func read(_ path: String) throws -> Data? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard mode & 0o077 == 0 else {
            throw Refusal.conflict(
                zh: "文件 \(path) 可被他人读取，其中可能含有密钥或密码，请执行 chmod 600。",
                en: "Others can read \(path), which may hold a secret: run chmod 600 on it.")
        }
        return data
    }
}
