"""``python -m api`` is the same as ``kopru``."""

from api.cli import main

if __name__ == "__main__":
    main()
