from sheke.cli import main

main()
