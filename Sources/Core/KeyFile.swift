import Crypto
import Foundation

/// A key in a file of its own, outside the database and readable by its owner alone.
struct KeyFile: Sendable {
    let path: String
    /// What the key is called in sentences: 审计密钥, audit key.
    let name: Wording

    /// - Throws: a `Refusal` that names the file when it is missing, too short, or readable by
    ///   others.
    func read() throws -> SymmetricKey {
        guard let data = try PrivateFile.read(path) else {
            throw Refusal.conflict(
                zh: "找不到\(name.zh)文件 \(path)。", en: "The \(name.en) file \(path) is missing.")
        }
        guard data.count == 32 else {
            throw Refusal.conflict(
                zh: "\(name.zh)文件 \(path) 已损坏。", en: "The \(name.en) file \(path) is damaged.")
        }
        return SymmetricKey(data: data)
    }

    /// Makes a new key with mode 0600; refuses to replace one.
    func create() throws {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            throw Refusal.conflict(
                zh: "无法创建\(name.zh)文件 \(path)。",
                en: "The \(name.en) file \(path) cannot be created, or exists already.")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(bytes))
        try file.synchronize()
    }
}
