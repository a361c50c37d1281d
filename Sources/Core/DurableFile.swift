import Foundation

/// Writes a file so that it is whole or not there, and on the disk when this returns: under another
/// name first, flushed, then renamed, and the folder flushed with it. The other name is a hidden
/// one, so that whoever reads the folder meanwhile, or after a crash, passes over it.
package func writeDurably(_ bytes: [UInt8], to path: String) throws {
    let file = path as NSString
    let draft = (file.deletingLastPathComponent as NSString)
        .appendingPathComponent(".\(file.lastPathComponent).new")
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
        try handle.write(contentsOf: Data(bytes))
        try handle.synchronize()
        guard rename(draft, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    } catch {
        unlink(draft)
        throw error
    }
    synchronizeFolder(of: path)
}

/// Flushes a folder, so that the names in it survive a power cut as the files do.
package func synchronizeFolder(of path: String) {
    let folder = (path as NSString).deletingLastPathComponent
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
}
