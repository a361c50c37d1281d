import Foundation

/// Writes a file so that it is whole or not there, and on the disk when this returns: under another
/// name first, flushed, then renamed, and the folder flushed with it.
package func writeDurably(_ bytes: [UInt8], to path: String) throws {
    let draft = path + ".new"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
        try file.write(contentsOf: Data(bytes))
        try file.synchronize()
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
