"""Writes the HDF5 files of Hdf5Test and ReaderFuzzTest: what the program's own writer cannot make. Needs h5py and NumPy."""

import h5py
import numpy as np

X = np.arange(24, dtype="f8").reshape(8, 3) / 4
y = np.array([0, 0, 0, 1, 0, 0, 1, 0])
words = np.array(["odd" if v else "usual" for v in y], dtype=object)


def kinds(path, **options):
    """One data set of every kind, beside X and y that must stay readable."""
    with h5py.File(path, "w", **options) as file:
        file["X"] = X
        file["y"] = y
        file["truth"] = y.astype(bool)
        file["words"] = words
        file["fixed"] = words.astype("S5")
        file.create_dataset("named", data=y, dtype=h5py.enum_dtype({"usual": 0, "odd": 1}, basetype="i1"))
        file["nothing"] = h5py.Empty("f8")
        file.create_dataset("unwritten", (4000000, 4), "f8", chunks=(1000, 4))
        half = file.create_dataset("half", (8, 3), "f8", chunks=(2, 3), compression="gzip", fillvalue=np.nan)
        half[:4] = X[:4]
        file["complex"] = X[0] + 1j
        file.create_dataset("lists", (2,), dtype=h5py.vlen_dtype("f8"))
        file.create_dataset("references", data=[file["X"].ref], dtype=h5py.ref_dtype)
        file["long"] = X[0].astype("longdouble")
        file["opaque"] = np.array([b"abc"], dtype="V3")
        file["type"] = np.dtype("f8")
        file["group/inner"] = X
        layout = h5py.VirtualLayout(shape=(8, 3), dtype="f8")
        layout[:] = h5py.VirtualSource("other.h5", "X", shape=(8, 3))
        file.create_virtual_dataset("virtual", layout)
        file.create_dataset("outside", (8, 3), "f8", external=[("raw.bin", 0, h5py.h5f.UNLIMITED)])
        file["X"].attrs["MATLAB_class"] = np.array([1.0, 2.0])


def links(path):
    with h5py.File(path, "w") as file:
        file["data"] = X
        file["X"] = h5py.SoftLink("/data")
        file["y"] = y
        file["nowhere"] = h5py.SoftLink("/missing")
        file["circle"] = h5py.SoftLink("/circle")
        file["other"] = h5py.ExternalLink("other.h5", "/X")
        file["through"] = h5py.SoftLink("/other/inner")


def matlab(path):
    """As MATLAB 7.3 writes: dimensions reversed, classes as attributes, cells as references."""

    def put(parent, name, data, kind):
        made = parent.create_dataset(name, data=data)
        made.attrs["MATLAB_class"] = np.bytes_(kind)
        return made

    with h5py.File(path, "w", userblock_size=512) as file:
        put(file, "X", X.T, "double")
        refs = file.create_group("#refs#")
        cells = [put(refs, f"r{i}", np.array([[ord(c)] for c in w], "u2"), "char").ref for i, w in enumerate(words)]
        put(file, "y", np.array([cells], dtype=h5py.ref_dtype), "cell")
        data = file.create_group("data")
        data.attrs["MATLAB_class"] = np.bytes_("struct")
        put(data, "X", X.T, "double")
        put(data, "y", y[None, :].astype("f8"), "double")
        number = put(refs, "n", y[None, :].astype("f8"), "double").ref
        put(file, "c", np.array([[put(refs, "m", X.T, "double").ref], [number]], dtype=h5py.ref_dtype), "cell")
        sparse = file.create_group("S")
        sparse.attrs["MATLAB_class"] = np.bytes_("double")
        sparse.attrs["MATLAB_sparse"] = np.uint64(8)
        sparse["jc"] = np.array([0, 1, 1, 2], "u8")
        sparse["ir"] = np.array([3, 5, 0, 0], "u8")
        sparse["data"] = np.array([7.0, 9.0, 0, 0])
        put(file, "text", np.zeros((1, 6), "u4"), "string")
    with open(path, "r+b") as file:
        file.write(b"MATLAB 7.3 MAT-file")
        file.seek(124)
        file.write(b"\x00\x02IM")


kinds("kinds.h5")
kinds("latest.h5", libver="latest")
links("links.h5")
matlab("matlab73.mat")
